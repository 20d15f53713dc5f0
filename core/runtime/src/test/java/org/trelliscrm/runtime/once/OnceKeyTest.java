// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.records.Engine;

class OnceKeyTest {

    private static final Caller CALLER = Engine.caller(7, Rights.ALL);

    private static OnceKey parse(String header) {
        return OnceKey.parse(CALLER, 7, header);
    }

    @Test
    void theQuotesOfAStructuredStringAreNoPartOfIt() {
        assertThat(parse("\"8e03978e-40d5\"")).isEqualTo(parse(" 8e03978e-40d5 "));
        assertThat(parse("\"a \\\"b\\\" \\\\c\"").text()).isEqualTo("a \"b\" \\c");
        assertThat(parse("a".repeat(255)).text()).hasSize(255);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\"\"",
                "\"  \"",
                "\"open",
                "two, keys",
                "ключ",
                "caf\u00e9",
                "a\tb",
                "\"a\"b\"",
                "\"a\\x\""
            })
    void whatIsNoKeyIsRefused(String header) {
        assertThatThrownBy(() -> parse(header))
                .isInstanceOf(Invalid.class)
                .hasMessageStartingWith("idempotency.badKey");
    }

    @Test
    void aKeyThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> parse("a".repeat(256))).isInstanceOf(Invalid.class);
    }

    @Test
    void theSameKeyOfSomebodyElseIsAnother() {
        OnceKey key = new OnceKey(1, 7, "k");

        assertThat(new OnceKey(1, 8, "k").hash()).isNotEqualTo(key.hash());
        assertThat(new OnceKey(2, 7, "k").hash()).isNotEqualTo(key.hash());
        assertThat(key.toString()).doesNotContain("k\"").isEqualTo("a key of user 7");
    }

    @Test
    void onlyTheKeyOpensWhatItSealed() {
        OnceKey key = new OnceKey(1, 7, "k");

        String sealed = key.seal("سلام");

        assertThat(key.open(sealed)).isEqualTo("سلام");
        assertThat(key.seal("سلام")).isNotEqualTo(sealed);
        assertThatThrownBy(() -> new OnceKey(1, 7, "l").open(sealed)).isInstanceOf(IllegalStateException.class);
    }
}
