// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class PasswordHashTest {

    private final PasswordHash hash = new PasswordHash(64, 1);

    @Test
    void thePasswordAndNoOtherFits() {
        String text = hash.of("four words that fit");

        assertThat(PasswordHash.fits("four words that fit", text)).isTrue();
        assertThat(PasswordHash.fits("four words that fiT", text)).isFalse();
        assertThat(PasswordHash.fits("", text)).isFalse();
    }

    @Test
    void theSamePasswordIsNeverStoredTheSame() {
        assertThat(hash.of("four words that fit")).isNotEqualTo(hash.of("four words that fit"));
    }

    @Test
    void theTextSaysHowItWasMade() {
        String text = new PasswordHash(128, 2).of("four words that fit");

        assertThat(text).startsWith("$argon2id$v=19$m=128,t=2,p=1$");
        // so it still fits when new passwords are hashed otherwise
        assertThat(PasswordHash.fits("four words that fit", text)).isTrue();
    }

    @Test
    void itUnderstandsWhatOtherProgramsHaveMade() {
        // From the tests of the reference implementation, phc-winner-argon2.
        String text = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThat(PasswordHash.fits("password", text)).isTrue();
        assertThat(PasswordHash.fits("passwore", text)).isFalse();
    }

    @Test
    void anAccentIsTheSameHoweverTheKeyboardSendsIt() {
        assertThat(PasswordHash.fits("cafe\u0301 cafe\u0301", hash.of("caf\u00e9 caf\u00e9")))
                .isTrue();
    }

    @Test
    void realPasswordsTakeMemoryAndTime() {
        String text = new Passwords().hash("four words that fit");

        assertThat(text).startsWith("$argon2id$v=19$m=65536,t=3,p=1$").hasSizeLessThan(255);
    }

    @Test
    void whatIsNoHashIsAMistakeOfOurs() {
        assertThatIllegalStateException().isThrownBy(() -> PasswordHash.fits("password", "plain"));
    }
}
