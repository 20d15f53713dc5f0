// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

    @Test
    void aKeyIsReadAsItWasWritten() {
        KeyText key = KeyText.random();

        assertThat(KeyText.parse(key.text())).contains(key);
        assertThat(key.text()).startsWith("tcrm_").hasSize(5 + 12 + 1 + 43);
        assertThat(KeyText.random()).isNotEqualTo(key);
    }

    @Test
    void theSecretIsKeptAsAHashAndNeverShownByAccident() {
        KeyText key = KeyText.random();

        assertThat(key.secretHash()).hasSize(64).isEqualTo(Secrets.hash(key.secret()));
        assertThat(key).hasToString(key.prefix());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tcrm_",
                "tcrm__",
                "tcrm_abc_def",
                "Basic dXNlcjpwYXNz",
                "tcrm_0123456789ab_",
                "tcrm_ ' or 1=1"
            })
    void whatIsNoKeyIsNone(String text) {
        assertThat(KeyText.parse(text)).isEmpty();
    }
}
