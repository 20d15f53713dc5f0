// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A statement in the making: text and values grow side by side, so no value can ever become text. Only names from
 * descriptions and literals of this program are appended as text.
 */
public final class Sql {

    private final StringBuilder text = new StringBuilder(256);
    private final List<Object> values = new ArrayList<>();

    public Sql(String start) {
        text.append(start);
    }

    /** Appends text. */
    public Sql add(String part) {
        text.append(part);
        return this;
    }

    /** Appends another statement's text with its values. */
    public Sql add(Sql part) {
        text.append(part.text);
        values.addAll(part.values);
        return this;
    }

    /** Appends text with a {@code ?} for each value. */
    public Sql add(String part, Object... bound) {
        text.append(part);
        for (Object value : bound) {
            values.add(storable(value));
        }
        return this;
    }

    /** Appends {@code (?, ?, …)}. */
    public Sql addAll(Collection<?> bound) {
        text.append('(').append("?, ".repeat(bound.size() - 1)).append("?)");
        bound.forEach(value -> values.add(storable(value)));
        return this;
    }

    /** PostgreSQL refuses a text with NUL. No record holds one, so what stands in its place is not found either. */
    private static Object storable(Object value) {
        return value instanceof String text ? text.replace('\0', '\ufffd') : value;
    }

    /** The statement with its values set. */
    public PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        return statement;
    }

    /** Runs it, for inserts, updates and deletes. */
    public int execute(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepare(connection)) {
            return statement.executeUpdate();
        }
    }

    @Override
    public String toString() {
        return text + " " + values;
    }
}
