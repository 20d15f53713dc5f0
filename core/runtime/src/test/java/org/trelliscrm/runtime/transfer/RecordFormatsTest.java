// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.transfer.RecordFormat;

class RecordFormatsTest {

    @TempDir
    private Path folder;

    private final RecordFormats formats = new RecordFormats();

    @BeforeEach
    void open() {
        formats.addFormat(new ImportJobTest.Lines());
        formats.addFormat(new Cards());
    }

    @ParameterizedTest
    @CsvSource({
        "file.csv, name, csv",
        "file.CSV, name, csv",
        "file.tsv, name, csv",
        "file, name, csv",
        "file.unknown, name, csv",
        "file.lines, name, lines",
        "cards.VCF, anything, vcard",
        "cards.csv, BEGIN:VCARD, vcard",
        "cards, begin:vcard, vcard"
    })
    void theFormatIsFoundByTheContentOrElseByTheEnding(String name, String content, String format) throws IOException {
        assertThat(formats.detect(file(content, "UTF-8"), name, "person")).isEqualTo(format);
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16LE", "UTF-16BE"})
    void aCardIsACardInAnyCharset(String charset) throws IOException {
        assertThat(formats.detect(file("\ufeffBEGIN:VCARD\r\n", charset), "x.txt", "person"))
                .isEqualTo("vcard");
    }

    @Test
    void aFormatThatDoesNotCarryTheTypeIsRefused() throws IOException {
        Path card = file("BEGIN:VCARD", "UTF-8");

        assertThatThrownBy(() -> formats.detect(card, "x.vcf", "deal"))
                .isInstanceOfSatisfying(
                        Invalid.class, problem -> assertThat(problem.status()).isEqualTo(415));
        assertThatThrownBy(() -> formats.named("nonsense", "person")).isInstanceOf(Invalid.class);
        assertThat(formats.named("csv", "deal")).isEmpty();
    }

    @Test
    void aWorkbookOfExcelIsNotReadAsText() throws IOException {
        Path workbook = file("PK\u0003\u0004rest", "ISO-8859-1");

        assertThatThrownBy(() -> formats.detect(workbook, "x.csv", "person")).hasMessageContaining("xlsx");
    }

    @Test
    void aFormatGoesWithItsModule() {
        RecordFormat gone = new Cards();
        RecordFormats empty = new RecordFormats();
        empty.addFormat(gone);
        empty.removeFormat(gone);

        assertThatThrownBy(() -> empty.named("vcard", "person")).isInstanceOf(Invalid.class);
    }

    private Path file(String content, String charset) throws IOException {
        return Files.write(folder.resolve("file"), content.getBytes(Charset.forName(charset)));
    }

    private static final class Cards implements RecordFormat {
        @Override
        public String name() {
            return "vcard";
        }

        @Override
        public String mediaType() {
            return "text/vcard";
        }

        @Override
        public Set<String> extensions() {
            return Set.of("vcf");
        }

        @Override
        public Set<String> types() {
            return Set.of("person");
        }

        @Override
        public void read(InputStream in, Sink sink) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(Iterator<Map<String, Object>> records, OutputStream out) {
            throw new UnsupportedOperationException();
        }
    }
}
