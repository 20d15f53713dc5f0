// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaGuardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "=HYPERLINK(\"http://x\")",
                "+cmd|' /C calc'!A0",
                "-2+3+cmd|x",
                "@SUM(1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "＝1+1",
                "-",
                "+44 20 =1",
                "+1+1",
                "--1",
                "'=1",
                "''=1"
            })
    void whatCouldBeAFormulaIsGuardedAndComesBack(String cell) {
        String guarded = FormulaGuard.add(cell);

        assertThat(guarded).isEqualTo("'" + cell);
        assertThat(FormulaGuard.remove(guarded)).isEqualTo(cell);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Anna",
                "1=1",
                "-12",
                "+3.5",
                "-1,234.50",
                "+44 20 7946 0018",
                "+1 (650) 555-0100",
                "'tis",
                "'quoted'",
                "a\t=b"
            })
    void whatIsPlainlyNoneStaysAsItIs(String cell) {
        assertThat(FormulaGuard.add(cell)).isEqualTo(cell);
        assertThat(FormulaGuard.remove(cell)).isEqualTo(cell);
    }
}
