// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trelliscrm.api.problem.Invalid;

class MultipartReaderTest {

    private static final String TYPE = "multipart/form-data; boundary=XyZ";
    private static final Set<String> KNOWN = Set.of("type", "mapping");

    @TempDir
    private Path folder;

    @Test
    void fieldsAndTheFileAreTakenInAnyOrder() throws IOException {
        String form = part("form-data; name=\"file\"; filename=\"kontakte ü.csv\"", "a,b\r\n1,2\r\n")
                + part("form-data; name=\"type\"", "contact")
                + "--XyZ--\r\n";

        Upload upload = read(form);

        assertThat(upload.field("type")).isEqualTo("contact");
        assertThat(upload.field("mapping")).isEmpty();
        assertThat(upload.fileName()).isEqualTo("kontakte ü.csv");
        assertThat(target()).hasContent("a,b\r\n1,2\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "form-data; name=file; filename=x.csv",
                "form-data; filename=\"x.csv\"; name=\"file\"",
                "form-data;name=\"file\";filename=\"x.csv\"",
                "form-data; name=\"file\"; filename=\"x.csv\"; filename*=UTF-8''y.csv"
            })
    void headersAreUnderstoodHoweverTheyAreWritten(String disposition) throws IOException {
        assertThat(read(part(disposition, "x") + "--XyZ--").fileName()).isEqualTo("x.csv");
    }

    @Test
    void whatStandsBeforeTheFirstPartAndAfterTheLastIsNothing() throws IOException {
        String form = "preamble\r\n" + part("form-data; name=\"file\"; filename=\"x\"", "x") + "--XyZ--\r\nepilogue";

        assertThat(read(form).fileName()).isEqualTo("x");
    }

    @Test
    void contentThatLooksLikeTheBoundaryIsContent() throws IOException {
        String content = "\r\n--XyY\r\n-\r\n--\r\r\n--Xy\r\n\r\n--X\r";

        read(part("form-data; name=\"file\"; filename=\"x\"", content) + "--XyZ--");

        assertThat(Files.readString(target())).isEqualTo(content);
    }

    @Test
    void anyBytesComeThroughHoweverTheyArrive() throws IOException {
        byte[] content = new byte[300_000];
        new Random(7).nextBytes(content);
        byte[] head = ("--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] form = new byte[head.length + content.length + 9];
        System.arraycopy(head, 0, form, 0, head.length);
        System.arraycopy(content, 0, form, head.length, content.length);
        System.arraycopy("\r\n--XyZ--".getBytes(StandardCharsets.UTF_8), 0, form, form.length - 9, 9);

        Upload.read(new Dribble(form), TYPE, KNOWN, target(), 1 << 20);

        assertThat(Files.readAllBytes(target())).isEqualTo(content);
    }

    @Test
    void aFileThatIsTooLongIsRefused() {
        String form = part("form-data; name=\"file\"; filename=\"x\"", "0123456789") + "--XyZ--";

        assertThatThrownBy(() -> Upload.read(stream(form), TYPE, KNOWN, target(), 9))
                .isInstanceOfSatisfying(
                        Invalid.class, problem -> assertThat(problem.status()).isEqualTo(413));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--XyZ\r\n",
                "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\ncut off",
                "--XyZ\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XyZ--",
                "--XyZ\r\nnonsense\r\n\r\nx\r\n--XyZ--",
                "--Other\r\n\r\n--Other--"
            })
    void aFormThatIsBrokenIsTold(String form) {
        assertThatThrownBy(() -> read(form)).hasMessageContaining("upload.malformed");
    }

    @Test
    void aFormWithoutAFileOrWithMoreThanIsKnownIsTold() {
        assertThatThrownBy(() -> read(part("form-data; name=\"type\"", "contact") + "--XyZ--"))
                .hasMessageContaining("upload.missingField");
        assertThatThrownBy(() -> read(part("form-data; name=\"colour\"", "red") + "--XyZ--"))
                .hasMessageContaining("upload.unknownField");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "", "nonsense", "text/csv; charset=utf-8"})
    void whatIsNoFormIsRefused(String contentType) {
        assertThatThrownBy(() -> Upload.read(stream(""), contentType, KNOWN, target(), 9))
                .isInstanceOfSatisfying(
                        Invalid.class, problem -> assertThat(problem.status()).isEqualTo(415));
    }

    private Upload read(String form) throws IOException {
        return Upload.read(stream(form), TYPE, KNOWN, target(), 1 << 20);
    }

    private Path target() {
        return folder.resolve("upload");
    }

    private static InputStream stream(String form) {
        return new ByteArrayInputStream(form.getBytes(StandardCharsets.UTF_8));
    }

    private static String part(String disposition, String content) {
        return "--XyZ\r\nContent-Disposition: " + disposition + "\r\nContent-Type: text/plain\r\n\r\n" + content
                + "\r\n";
    }

    /** Gives a few bytes at a time, as a slow line does. */
    private static final class Dribble extends ByteArrayInputStream {
        private final Random random = new Random(3);

        Dribble(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(700)));
        }
    }
}
