// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trelliscrm.runtime.transfer.CellValues.DateOrder;

class RowBuilderTest {

    private final RowBuilder row =
            new RowBuilder(Person.TYPE, new CellValues(DateOrder.DAY_FIRST, ZoneId.of("UTC"), Person.labels()));

    @Test
    void itemsComeInTheOrderOfTheirNumbersWithoutGaps() {
        put("emails[4].address", "e@x.example");
        put("emails[0].address", "a@x.example");
        put("emails[0].label", "work");

        assertThat(row.build())
                .isEqualTo(Map.of(
                        "emails",
                        List.of(Map.of("address", "a@x.example", "label", "work"), Map.of("address", "e@x.example"))));
    }

    @Test
    void severalValuesInOneCellBecomeSeveralItems() {
        put("emails[0].label", "* home");
        put("emails[0].address", "a@x.example ::: b@x.example");
        put("emails[1].address", "c@x.example");

        assertThat(row.build())
                .isEqualTo(Map.of(
                        "emails",
                        List.of(
                                Map.of("label", "* home", "address", "a@x.example"),
                                Map.of("label", "* home", "address", "b@x.example"),
                                Map.of("address", "c@x.example"))));
    }

    @Test
    void severalLabelsGoWithSeveralValues() {
        put("emails[0].label", "home ::: work");
        put("emails[0].address", "a@x.example ::: b@x.example");

        assertThat(row.build().get("emails"))
                .isEqualTo(List.of(
                        Map.of("label", "home", "address", "a@x.example"),
                        Map.of("label", "work", "address", "b@x.example")));
    }

    @Test
    void threeColonsInAPlainFieldAreText() {
        put("name", "a ::: b");

        assertThat(row.build()).isEqualTo(Map.of("name", "a ::: b"));
    }

    @Test
    void tagsArePartedByColonsOrElseByCommas() {
        put("tags", "* friends ::: Berlin, Mitte");
        assertThat(row.build().get("tags")).isEqualTo(List.of("* friends", "Berlin, Mitte"));

        put("tags", "a, b;c");
        assertThat(row.build().get("tags")).isEqualTo(List.of("* friends", "Berlin, Mitte", "a", "b", "c"));
    }

    @Test
    void whatTheHeaderTellsComesWithTheValueOnly() {
        Map<RecordPath, String> constants =
                Map.of(path("phones[0].label"), "home", path("phones[0].preferred"), "true");
        row.put(new Target(path("phones[0].number"), constants), "+44 20");
        row.put(new Target(path("name"), Map.of()), "Anna");

        assertThat(row.build())
                .isEqualTo(Map.of(
                        "name",
                        "Anna",
                        "phones",
                        List.of(Map.of("number", "+44 20", "label", "home", "preferred", true))));
    }

    @Test
    void aColumnBesideTheHeaderWins() {
        put("phones[0].label", "mine");
        row.put(new Target(path("phones[0].number"), Map.of(path("phones[0].label"), "home")), "1");

        assertThat(row.build().get("phones")).isEqualTo(List.of(Map.of("label", "mine", "number", "1")));
    }

    @Test
    void twoColumnsForOneTextAreJoinedAndForOneWordAreNot() {
        put("notes", "first");
        put("notes", "second");
        put("name", "Anna");
        boolean fits = row.put(Target.of(path("name")), "Bo");

        assertThat(fits).isFalse();
        assertThat(row.build()).isEqualTo(Map.of("notes", "first\nsecond", "name", "Anna"));
    }

    @Test
    void moneyIsPutTogetherFromTwoColumns() {
        put("budget.amount", "1.200,50");
        put("budget.currency", "EUR");

        assertThat(row.build()).isEqualTo(Map.of("budget", Map.of("amount", "1200.50", "currency", "EUR")));
    }

    private void put(String path, String cell) {
        assertThat(row.put(Target.of(path(path)), cell)).isTrue();
    }

    private static RecordPath path(String text) {
        return RecordPath.parse(text).orElseThrow();
    }
}
