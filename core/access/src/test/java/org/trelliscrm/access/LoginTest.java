// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {

    @Test
    void twoWaysOfTypingTheSameNameAreTheSame() {
        assertThat(Login.fold(" Be\u0301la@Example.ORG ")).isEqualTo("b\u00e9la@example.org");
        assertThat(Login.fold("ｂｅｌａ")).isEqualTo("bela");
        assertThat(Login.fold("ADMIN")).isEqualTo("admin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bela", "béla.bartók@example.org", "o'brien", "батболд", "李小龍", "علی", "a_b-c+d"})
    void namesOfAnyScriptAreLogins(String login) {
        assertThat(Login.isValid(login)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "be la", "bela\n", "be\u0000la", "<bela>", "be\u202ela", "be\u200bla"})
    void blanksAndSignsThatNobodySeesAreNot(String login) {
        assertThat(Login.isValid(login)).isFalse();
    }

    @Test
    void aLoginFitsItsColumn() {
        assertThat(Login.isValid("x".repeat(255))).isTrue();
        assertThat(Login.isValid("x".repeat(256))).isFalse();
    }
}
