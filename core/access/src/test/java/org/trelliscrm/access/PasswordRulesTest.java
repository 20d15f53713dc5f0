// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.Invalid.FieldProblem;

class PasswordRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "four words that fit",
                "yr hen wlad fy nhadau",
                "سلام دنیای زیبا",
                "Монголын сайхан орон",
                "一二三四五六七八九十",
                "🐎🐎🐎🐎🐎🐑🐑🐑🐑🐑"
            })
    void longOnesOfAnyScriptAreGood(String password) {
        assertThatCode(() -> PasswordRules.check("password", password, "bela")).doesNotThrowAnyException();
    }

    @Test
    void shortAndEndlessOnesAreRefused() {
        assertThat(refusal("ninechars").code()).isEqualTo("access.passwordTooShort");
        // nine people see nine signs, not eighteen
        assertThat(refusal("🐎".repeat(9)).code()).isEqualTo("access.passwordTooShort");
        assertThat(refusal("long ".repeat(205)).code()).isEqualTo("access.passwordTooLong");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password123",
                "PassWord123",
                "1234567890",
                "9876543210",
                "abcdefghijkl",
                "aaaaaaaaaa",
                "          ",
                "qwertyuiop",
                "1q2w3e4r5t",
                "trelliscrm"
            })
    void thoseThatAreGuessedFirstAreRefused(String password) {
        assertThat(refusal(password).code()).isEqualTo("access.passwordCommon");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bela.bartok@example.org", "Bela.Bartok", "Béla Bartók"})
    void whatEverybodyKnowsAboutAPersonIsRefused(String password) {
        assertThat(refusal(password, "bela.bartok@example.org", null, "Béla Bartók")
                        .code())
                .isEqualTo("access.passwordIsName");
    }

    @Test
    void theProblemNamesTheFieldOfTheOneWhoSentIt() {
        assertThat(refusal("short").path()).isEqualTo("password");
    }

    private static FieldProblem refusal(String password, String... known) {
        return catchThrowableOfType(Invalid.class, () -> PasswordRules.check("password", password, known))
                .fields()
                .get(0);
    }
}
