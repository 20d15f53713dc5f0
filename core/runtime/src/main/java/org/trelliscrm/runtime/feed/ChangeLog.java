// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.feed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trelliscrm.api.record.Change;
import org.trelliscrm.api.record.Change.FieldChange;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.data.Sql;

/** The table of changes: written in the transaction of the change itself, so that neither exists without the other. */
public final class ChangeLog {

    private static final String INSERT =
            "insert into change_log (id, tenant_id, type, record_id, verb, actor, changed_at,"
                    + " change_set, fields) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String COLUMNS = "select feed_position, tenant_id, type, record_id, verb, actor, changed_at,"
            + " change_set, fields, id from change_log";
    private static final String SELECT =
            COLUMNS + " where feed_position > ? order by feed_position fetch first ? rows only";

    private ChangeLog() {}

    /** Adds changes, not yet in order: their positions are given after commit. */
    public static void write(Connection connection, Ids ids, List<Change> changes) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Change change : changes) {
                insert.setLong(1, ids.next());
                insert.setInt(2, change.tenant());
                insert.setString(3, change.type());
                insert.setLong(4, change.record());
                insert.setString(5, change.verb());
                insert.setObject(6, change.actor(), Types.BIGINT);
                insert.setTimestamp(7, Timestamp.valueOf(LocalDateTime.ofInstant(change.at(), ZoneOffset.UTC)));
                insert.setObject(8, change.changeSet(), Types.BIGINT);
                insert.setString(9, Json.write(json(change.fields())));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Map<String, Object> json(Map<String, FieldChange> fields) {
        Map<String, Object> json = new LinkedHashMap<>();
        fields.forEach((name, field) -> {
            List<Object> pair = new ArrayList<>();
            pair.add(field.before());
            pair.add(field.after());
            json.put(name, pair);
        });
        return json;
    }

    /** The changes after a position, in order. */
    public static List<Change> read(Connection connection, long after, int limit) throws SQLException {
        List<Change> changes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setLong(1, after);
            select.setInt(2, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    changes.add(change(row));
                }
            }
        }
        return changes;
    }

    /**
     * A change, which may not have its place in the feed yet.
     *
     * @param id names it; grows with time for each record
     */
    public record Logged(long id, Change change) {}

    /** The beginning of a statement for {@link #find}; conditions and order follow. */
    public static Sql select() {
        return new Sql(COLUMNS);
    }

    /** The changes that fit, read for looking back rather than for the feed. */
    public static List<Logged> find(Connection connection, Sql sql) throws SQLException {
        List<Logged> found = new ArrayList<>();
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.add(new Logged(row.getLong(10), change(row)));
            }
        }
        return found;
    }

    private static Change change(ResultSet row) throws SQLException {
        Instant at = row.getTimestamp(7).toLocalDateTime().toInstant(ZoneOffset.UTC);
        return new Change(
                row.getLong(1),
                row.getInt(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                (Long) row.getObject(6),
                at,
                (Long) row.getObject(8),
                fields(row.getString(9)));
    }

    private static Map<String, FieldChange> fields(String json) {
        Map<String, FieldChange> fields = new LinkedHashMap<>();
        Json.readObject(json).forEach((name, value) -> {
            List<?> pair = (List<?>) value;
            fields.put(name, new FieldChange(pair.get(0), pair.get(1)));
        });
        return fields;
    }
}
