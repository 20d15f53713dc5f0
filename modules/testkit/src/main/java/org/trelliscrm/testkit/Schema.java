// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The tables that a module's migrations leave behind, found without a database. */
final class Schema {

    /** The columns that {@code createRecordTable} adds. */
    static final Set<String> COMMON = Set.of(
            "tenant_id",
            "id",
            "version",
            "created_at",
            "created_by",
            "updated_at",
            "updated_by",
            "owner_id",
            "team_id",
            "deleted_at");

    /** A column, its type in lower case without blanks. */
    record Column(String name, String type, boolean mandatory, boolean hasDefault) {

        static Column of(Map<String, Object> column) {
            return new Column(
                    Yaml.text(column, "name"),
                    type(Yaml.text(column, "type")),
                    Yaml.text(Yaml.map(column.get("constraints")), "nullable").equals("false"),
                    column.keySet().stream().anyMatch(key -> key.startsWith("defaultValue")));
        }

        static String type(String type) {
            return type.toLowerCase(java.util.Locale.ROOT).replaceAll("\\s", "");
        }
    }

    /** A table: its columns, and the sets of columns that are unique. */
    record Table(boolean forRecords, Map<String, Column> columns, Set<Set<String>> unique) {

        Table(boolean forRecords) {
            this(forRecords, new LinkedHashMap<>(), new HashSet<>());
        }

        void add(Column column) {
            columns.put(column.name(), column);
        }

        /** Whether no two rows of a tenant can have the same in this column. */
        boolean isUnique(String column) {
            return unique.contains(Set.of("tenant_id", column));
        }
    }

    private final Map<String, Table> tables = new LinkedHashMap<>();

    Map<String, Table> tables() {
        return tables;
    }

    /** Does what one change of the changelog does. */
    void apply(String kind, Map<String, Object> change) {
        Table table = tables.getOrDefault(Yaml.text(change, "tableName"), new Table(false));
        switch (kind) {
            case "createTable", "createRecordTable" -> {
                Table created = new Table(kind.equals("createRecordTable"));
                tables.put(Yaml.text(change, "tableName"), created);
                Yaml.columns(change).forEach(column -> created.add(Column.of(column)));
            }
            case "dropTable" -> tables.remove(Yaml.text(change, "tableName"));
            case "renameTable" ->
                tables.put(
                        Yaml.text(change, "newTableName"),
                        Objects.requireNonNullElse(tables.remove(Yaml.text(change, "oldTableName")), table));
            case "addColumn" -> Yaml.columns(change).forEach(column -> table.add(Column.of(column)));
            case "dropColumn" -> {
                table.columns.remove(Yaml.text(change, "columnName"));
                Yaml.columns(change).forEach(column -> table.columns.remove(Yaml.text(column, "name")));
            }
            case "renameColumn" ->
                alter(
                        table,
                        Yaml.text(change, "oldColumnName"),
                        old -> new Column(
                                Yaml.text(change, "newColumnName"), old.type(), old.mandatory(), old.hasDefault()));
            case "modifyDataType" ->
                alter(
                        table,
                        Yaml.text(change, "columnName"),
                        old -> new Column(
                                old.name(),
                                Column.type(Yaml.text(change, "newDataType")),
                                old.mandatory(),
                                old.hasDefault()));
            case "addNotNullConstraint", "dropNotNullConstraint" ->
                alter(
                        table,
                        Yaml.text(change, "columnName"),
                        old -> new Column(old.name(), old.type(), kind.startsWith("add"), old.hasDefault()));
            case "addDefaultValue" ->
                alter(
                        table,
                        Yaml.text(change, "columnName"),
                        old -> new Column(old.name(), old.type(), old.mandatory(), true));
            case "addUniqueConstraint" ->
                table.unique.add(Set.of(Yaml.text(change, "columnNames").split("\\s*,\\s*")));
            case "createIndex" -> {
                if (Yaml.text(change, "unique").equals("true")) {
                    Set<String> together = new HashSet<>();
                    Yaml.columns(change).forEach(column -> together.add(Yaml.text(column, "name")));
                    table.unique.add(together);
                }
            }
            default -> {
                // Everything else leaves the columns as they are.
            }
        }
    }

    private static void alter(Table table, String column, UnaryOperator<Column> how) {
        Column old = table.columns.remove(column);
        if (old != null) {
            table.add(how.apply(old));
        }
    }
}
