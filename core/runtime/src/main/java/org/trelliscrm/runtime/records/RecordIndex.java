// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.TypeInfo;

/**
 * What is found about a record elsewhere than in its row: the values of its lists, and its place on the timelines of the
 * records that it refers to. Noted for one or many records, and written together in their own transaction.
 */
final class RecordIndex {

    private static final int MAX_TITLE = 500;

    private final int tenant;
    private final List<Long> listsGone = new ArrayList<>();
    private final List<Long> timelinesGone = new ArrayList<>();
    private final Set<Key> keys = new LinkedHashSet<>();
    private final List<Entry> entries = new ArrayList<>();

    RecordIndex(int tenant) {
        this.tenant = tenant;
    }

    /** Notes the keys of the record's lists anew, where any of them changed. */
    void lists(TypeInfo type, BaseRecord record, Snapshot before) {
        boolean changed = type.fields().stream().anyMatch(field -> field.isList() && before.has(field.name()));
        if (!changed) {
            return;
        }
        long id = Objects.requireNonNull(record.id());
        if (!before.isNew()) {
            listsGone.add(id);
        }
        type.fields()
                .forEach(field -> field.keys(record, (path, key) -> keys.add(new Key(type.name(), path, key, id))));
    }

    /** Places the record on the timelines where it belongs, and takes it off the others. */
    void timeline(TypeInfo type, BaseRecord record, boolean isNew) {
        FieldInfo time = type.timelineField();
        if (time == null) {
            return;
        }
        if (!isNew) {
            removeFromTimelines(Objects.requireNonNull(record.id()));
        }
        Set<Long> targets = new LinkedHashSet<>();
        type.fields()
                .forEach(field -> field.references(record, (path, target, targetId) -> {
                    // Who works on it is no customer of ours.
                    if (!target.equals("user") && !target.equals("team")) {
                        targets.add(targetId);
                    }
                }));
        targets.forEach(target -> entries.add(new Entry(type, record, target, occurred(time, record))));
    }

    /** The record is in the trash: it stands on no timeline any more. */
    void removeFromTimelines(long id) {
        timelinesGone.add(id);
    }

    /** Writes all that was noted. */
    void write(Connection connection) throws SQLException {
        delete(connection, "record_value", listsGone);
        delete(connection, "timeline_entry", timelinesGone);
        insertKeys(connection);
        insertEntries(connection);
    }

    private static void delete(Connection connection, String table, List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement("delete from " + table + " where record_id = ?")) {
            for (long id : ids) {
                delete.setLong(1, id);
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    private void insertKeys(Connection connection) throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into record_value (tenant_id, type, field, value_key, record_id) values (?, ?, ?, ?, ?)")) {
            for (Key key : keys) {
                insert.setInt(1, tenant);
                insert.setString(2, key.type);
                insert.setString(3, key.path);
                insert.setString(4, key.value);
                insert.setLong(5, key.id);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void insertEntries(Connection connection) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into timeline_entry (tenant_id, target_id, occurred_at, record_id, type, title, created_by,"
                        + " owner_id, team_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Entry entry : entries) {
                BaseRecord record = entry.record;
                insert.setInt(1, tenant);
                insert.setLong(2, entry.target);
                insert.setTimestamp(3, entry.occurred);
                insert.setLong(4, Objects.requireNonNull(record.id()));
                insert.setString(5, entry.type.name());
                insert.setString(6, title(entry.type, record));
                insert.setObject(7, record.createdBy(), Types.BIGINT);
                insert.setObject(8, record.owner(), Types.BIGINT);
                insert.setObject(9, record.team(), Types.BIGINT);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Timestamp occurred(FieldInfo time, BaseRecord record) {
        @Nullable Object value = time.get(record);
        Instant at = value instanceof Instant instant
                ? instant
                : value instanceof LocalDate date
                        ? date.atStartOfDay(ZoneOffset.UTC).toInstant()
                        : Objects.requireNonNull(record.createdAt());
        return Timestamp.valueOf(LocalDateTime.ofInstant(at, ZoneOffset.UTC));
    }

    private static String title(TypeInfo type, BaseRecord record) {
        Object title = type.titleField().json(record);
        String text = title == null ? "" : title.toString();
        return text.length() <= MAX_TITLE ? text : text.substring(0, MAX_TITLE - 1) + "…";
    }

    private record Key(String type, String path, String value, long id) {}

    private record Entry(TypeInfo type, BaseRecord record, long target, Timestamp occurred) {}
}
