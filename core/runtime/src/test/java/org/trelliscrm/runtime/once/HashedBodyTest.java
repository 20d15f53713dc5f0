// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.once;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HashedBodyTest {

    private static final long HUGE = 3L << 30;

    private static HashedBody body(String head, String text) {
        return new HashedBody(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), head);
    }

    @Test
    void itIsTheSameHoweverItIsRead() throws IOException {
        HashedBody unread = body("POST /a", "some body");
        HashedBody read = body("POST /a", "some body");
        HashedBody skipped = body("POST /a", "some body");
        assertThat(read.read()).isEqualTo('s');
        assertThat(read.readNBytes(3)).hasSize(3);
        assertThat(skipped.skip(4)).isEqualTo(4);

        assertThat(read.finish()).isEqualTo(unread.finish()).isPresent();
        assertThat(skipped.finish()).isEqualTo(body("POST /a", "some body").finish());
    }

    @Test
    void anotherAddressOrBodyIsAnotherRequest() throws IOException {
        assertThat(body("POST /a", "b").finish())
                .isNotEqualTo(body("POST /b", "b").finish());
        assertThat(body("POST /a", "b").finish())
                .isNotEqualTo(body("POST /a", "c").finish());
    }

    @Test
    void aBodyThatGoesOnAndOnIsGivenUp() throws IOException {
        HashedBody endless = new HashedBody(new Zeros(HUGE), "POST /a");

        assertThat(endless.finish(1000)).isEmpty();
        assertThat(new HashedBody(new Zeros(HUGE), "POST /a").finish()).isEmpty();
    }

    /** As many zeros as are wanted, and nothing in memory. */
    private static final class Zeros extends InputStream {

        private long left;

        Zeros(long count) {
            left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }
    }
}
