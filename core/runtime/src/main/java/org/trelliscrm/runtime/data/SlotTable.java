// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table {@code custom_slot}: which columns for custom fields each table of records has been given. */
public final class SlotTable {

    private SlotTable() {}

    /** The slots of these tables, in the order in which they were added. */
    public static Map<String, List<String>> read(Connection connection, Collection<String> tables) throws SQLException {
        Map<String, List<String>> slots = new HashMap<>();
        tables.forEach(table -> slots.put(table, new ArrayList<>()));
        if (tables.isEmpty()) {
            return slots;
        }
        Sql sql = new Sql("select table_name, slot from custom_slot where table_name in ")
                .addAll(tables)
                .add(" order by table_name, slot");
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                slots.get(row.getString(1)).add(row.getString(2));
            }
        }
        return slots;
    }

    /** Adds a column, in the transaction of the connection. */
    public static void add(Connection connection, String table, String slot, SlotKind kind) throws SQLException {
        new Sql("alter table " + table + " add column " + slot + " " + kind.columnType()).execute(connection);
        new Sql("insert into custom_slot (table_name, slot, is_indexed) values (")
                .add("?, ?, ?)", table, slot, !kind.indexed())
                .execute(connection);
    }

    /** The slots that still wait for their index, as (table, slot). */
    public static List<Map.Entry<String, String>> withoutIndex(Connection connection) throws SQLException {
        List<Map.Entry<String, String>> found = new ArrayList<>();
        Sql sql = new Sql("select table_name, slot from custom_slot where is_indexed = ").add("?", false);
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.add(Map.entry(row.getString(1), row.getString(2)));
            }
        }
        return found;
    }

    /**
     * Makes the index of a slot, as built-in fields have them.
     *
     * @param connection one that commits each statement by itself: PostgreSQL builds an index without stopping writers only
     *     outside a transaction
     */
    public static void index(Connection connection, String table, String slot) throws SQLException {
        boolean postgres = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        String name = table + "_" + slot;
        if (postgres) {
            // One whose building was cut short is there and of no use.
            new Sql("drop index concurrently if exists " + name).execute(connection);
        }
        String create = postgres ? "create index concurrently " : "create index ";
        new Sql(create + name + " on " + table + " (tenant_id, " + slot + ", id)").execute(connection);
        new Sql("update custom_slot set is_indexed = ")
                .add("? where table_name = ? and slot = ?", true, table, slot)
                .execute(connection);
    }
}
