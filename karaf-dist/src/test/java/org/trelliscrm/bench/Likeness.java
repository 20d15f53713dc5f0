// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.trelliscrm.bench.Dataset.Kind;
import org.trelliscrm.bench.Dataset.Owner;
import org.trelliscrm.bench.Dataset.Stage;

/**
 * Keeps the bench from lying: creates a few records through REST and afterwards holds the rows that the engine wrote for them
 * against those that {@link Filler} would have written.
 */
final class Likeness {

    private static final LocalDateTime AT = LocalDateTime.of(2026, 5, 31, 14, 0);
    private static final int PEOPLE = 25;

    /** Made by the clock, or by the engine itself. */
    private static final Set<String> OF_THE_MOMENT =
            Set.of("created_at", "updated_at", "done_at", "stage_since", "changed_at", "occurred_at");

    private final Rest rest;
    private final Owner owner;
    private final List<Row> expected = new ArrayList<>();

    /** The samples are made by and for this owner. */
    Likeness(Rest rest, Owner owner) {
        this.rest = rest;
        this.owner = owner;
    }

    /** Creates the samples. */
    void create(long seed, Stage stage) throws IOException {
        Dataset data = new Dataset(seed, 1000, List.of(new Owner(owner.user(), owner.team(), 100)), List.of(stage));
        Contact company = data.contact(0).reachedBy("office@likeness.example");
        long organization = contact(company);
        long person = 0;
        for (int i = 0; i < PEOPLE; i++) {
            int number = data.size(Kind.CONTACT) - 1 - i;
            person = contact(data.contact(number)
                    .at(organization, company.name())
                    .reachedBy("person" + i + "@likeness.example"));
        }
        String link = "contact:" + Ids.toText(person);
        long call = create(
                "activities",
                Map.of(
                        "kind",
                        "call",
                        "subject",
                        "Asked",
                        "direction",
                        "incoming",
                        "status",
                        "done",
                        "startsAt",
                        AT + ":00Z",
                        "links",
                        List.of(link)));
        expected.addAll(Rows.call("Asked", person, owner, call, AT));
        long task = create("activities", Map.of("kind", "task", "subject", "Answer", "links", List.of(link)));
        expected.addAll(Rows.task("Answer", person, owner, task, AT));
        long deal = create(
                "deals",
                Map.of(
                        "name",
                        "Felt",
                        "contact",
                        Ids.toText(person),
                        "organization",
                        Ids.toText(organization),
                        "value",
                        Map.of("amount", "12500", "currency", "EUR"),
                        "stage",
                        Ids.toText(stage.id()),
                        "expectedCloseOn",
                        AT.toLocalDate().toString()));
        expected.addAll(Rows.deal("Felt", person, organization, BigDecimal.valueOf(12_500), stage, owner, deal, AT));
    }

    private long contact(Contact contact) throws IOException {
        long id = create("contacts", contact.json());
        expected.addAll(Rows.contact(contact, id, AT));
        return id;
    }

    private long create(String collection, Map<String, ?> values) throws IOException {
        return Ids.fromText(rest.create(collection, values));
    }

    /** Fails unless the engine wrote just these rows. */
    void check(Connection connection) throws SQLException {
        Set<String> ours = new TreeSet<>();
        Map<String, Set<Object>> ids = new LinkedHashMap<>();
        for (Row row : expected) {
            ours.add(text(row.table(), row.columns()));
            String column = idColumn(row.table());
            ids.computeIfAbsent(row.table(), table -> new TreeSet<>())
                    .add(row.columns().get(column));
        }
        Set<String> engines = new TreeSet<>();
        for (Map.Entry<String, Set<Object>> table : ids.entrySet()) {
            for (Object id : table.getValue()) {
                read(connection, table.getKey(), id, engines);
            }
        }
        if (!ours.equals(engines)) {
            Set<String> missing = new TreeSet<>(engines);
            missing.removeAll(ours);
            ours.removeAll(engines);
            throw new IllegalStateException(
                    "The bench does not fill the tables as the engine does; mend Rows.\nthe engine: "
                            + String.join("\n  ", missing) + "\nthe bench: " + String.join("\n  ", ours));
        }
    }

    private static String idColumn(String table) {
        return table.equals(Rows.VALUES) || table.equals(Rows.TIMELINE) ? "record_id" : "id";
    }

    private static void read(Connection connection, String table, Object id, Set<String> found) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select * from " + table + " where " + idColumn(table) + " = ?")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Map<String, Object> columns = new LinkedHashMap<>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        String name = row.getMetaData().getColumnName(i).toLowerCase(Locale.ROOT);
                        columns.put(name, name.equals("starts_at") ? row.getTimestamp(i) : row.getString(i));
                    }
                    found.add(text(table, columns));
                }
            }
        }
    }

    /** A row as a text that is the same whoever tells it: columns with values, in the order of their names. */
    private static String text(String table, Map<String, Object> columns) {
        Set<String> parts = new TreeSet<>();
        columns.forEach((name, value) -> {
            if (value != null && !OF_THE_MOMENT.contains(name)) {
                parts.add(name + "=" + plain(name, value));
            }
        });
        return table + parts;
    }

    private static String plain(String name, Object value) {
        String text = value.toString();
        return switch (name) {
            case "value_amount" -> new BigDecimal(text).stripTrailingZeros().toPlainString();
            // PostgreSQL writes a boolean by its first letter.
            case "all_day" -> text.substring(0, 1);
            default -> text;
        };
    }
}
