// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trelliscrm.runtime.transfer.CellValues.DateOrder;

class CellValuesTest {

    private final CellValues cells = new CellValues(DateOrder.DAY_FIRST, ZoneId.of("Asia/Tehran"), Person.labels());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12          | 12",
                "1,234.50    | 1234.50",
                "1.234,50    | 1234.50",
                "1.234.567   | 1234567",
                "1 234,5     | 1234.5",
                "1'234       | 1234",
                "3,5         | 3.5",
                "1.234       | 1.234",
                "1,234       | 1234",
                "-7          | -7",
                "۱۲۳         | 123",
                "twelve      | twelve"
            })
    void numbersAreReadAsPeopleWriteThem(String cell, String number) {
        assertThat(value("score", cell)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-05-31 | 2026-05-31",
                "2026/5/3   | 2026-05-03",
                "20260531   | 2026-05-31",
                "31.5.2026  | 2026-05-31",
                "3/4/2026   | 2026-04-03",
                "3-4-2026   | 2026-04-03",
                "۱۹۹۰-۰۵-۰۳ | 1990-05-03",
                "31.2.2026  | 2026-2-31",
                "3/4/26     | 3/4/26",
                "--05-03    | --05-03"
            })
    void daysAreReadWhereThereIsNoDoubt(String cell, String day) {
        assertThat(value("birthday", cell)).isEqualTo(day);
    }

    @Test
    void outlooksWayToSayNoDateIsNoDate() {
        assertThat(value("birthday", "0/0/00")).isEqualTo("");
    }

    @Test
    void aMomentWithoutAZoneIsMeantInTheZoneOfTheCaller() {
        assertThat(value("metAt", "2026-05-31 14:00")).isEqualTo("2026-05-31T10:30:00Z");
        assertThat(value("metAt", "2026-05-31T14:00:00Z")).isEqualTo("2026-05-31T14:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"yes,true", "TRUE,true", "1,true", "тийм,true", "بله,true", "否,false", "no,false", "0,false"})
    void yesAndNoAreUnderstoodInAllLanguages(String cell, boolean value) {
        assertThat(value("vip", cell)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"customer,customer", "Lead,lead", "Paying  Customer,customer", "cwsmer,customer", "other,other"})
    void choicesAreFoundByConstantAndByLabel(String cell, String choice) {
        assertThat(value("lifecycle", cell)).isEqualTo(choice);
    }

    @Test
    void moneyIsAnAmountAndACurrency() {
        assertThat(value("budget", "1,200.50 EUR")).isEqualTo(Map.of("amount", "1200.50", "currency", "EUR"));
        assertThat(value("budget", "1200")).isEqualTo("1200");
    }

    private Object value(String field, String cell) {
        return cells.value(Objects.requireNonNull(Person.TYPE.field(field)), cell);
    }
}
