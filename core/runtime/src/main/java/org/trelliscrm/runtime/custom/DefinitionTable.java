// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.custom;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.trelliscrm.runtime.custom.Definition.State;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.data.Sql;

/** The tables {@code custom_field} and {@code custom_version}. */
final class DefinitionTable {

    private static final String SELECT =
            "select tenant_id, id, version, type, name, state, definition, slots, created_at, changed_at from custom_field";

    private DefinitionTable() {}

    /** All fields of all tenants, in the order of their creation. */
    static List<Definition> all(Connection connection) throws SQLException {
        return read(connection, new Sql(SELECT + " order by id"));
    }

    static List<Definition> of(Connection connection, int tenant) throws SQLException {
        return read(connection, new Sql(SELECT).add(" where tenant_id = ? order by id", tenant));
    }

    private static List<Definition> read(Connection connection, Sql sql) throws SQLException {
        List<Definition> found = new ArrayList<>();
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                State state = State.valueOf(row.getString(6).toUpperCase(Locale.ROOT));
                found.add(new Definition(
                        row.getInt(1),
                        row.getString(4),
                        row.getInt(3),
                        state,
                        Definition.field(
                                row.getLong(2),
                                row.getString(5),
                                Json.readObject(row.getString(7)),
                                state,
                                row.getString(8)),
                        instant(row.getTimestamp(9)),
                        instant(row.getTimestamp(10))));
            }
        }
        return found;
    }

    static void insert(Connection connection, Definition definition) throws SQLException {
        new Sql(
                        "insert into custom_field"
                                + " (tenant_id, id, version, type, name, state, definition, slots, created_at, changed_at) values (")
                .add(
                        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        definition.tenant(),
                        definition.id(),
                        definition.version(),
                        definition.type(),
                        definition.field().name(),
                        definition.state().text(),
                        Json.write(definition.settings()),
                        String.join(",", definition.field().slots()),
                        timestamp(definition.createdAt()),
                        timestamp(definition.changedAt()))
                .execute(connection);
    }

    static void update(Connection connection, Definition definition) throws SQLException {
        new Sql("update custom_field set")
                .add(
                        " version = ?, state = ?, definition = ?, changed_at = ? where tenant_id = ? and id = ?",
                        definition.version(),
                        definition.state().text(),
                        Json.write(definition.settings()),
                        timestamp(definition.changedAt()),
                        definition.tenant(),
                        definition.id())
                .execute(connection);
    }

    static void remove(Connection connection, Definition definition) throws SQLException {
        new Sql("delete from custom_field")
                .add(" where tenant_id = ? and id = ?", definition.tenant(), definition.id())
                .execute(connection);
    }

    /** Counts one more change; whoever else wants to change something waits until this transaction ends. */
    static void lock(Connection connection) throws SQLException {
        new Sql("update custom_version set version = version + 1").execute(connection);
    }

    static long version(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select version from custom_version");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.valueOf(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    private static Instant instant(Timestamp timestamp) {
        return timestamp.toLocalDateTime().toInstant(ZoneOffset.UTC);
    }
}
