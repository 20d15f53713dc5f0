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
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.data.TypeInfo;

/**
 * What is found about a record elsewhere than in its row: the values of its lists, and its place on the timelines of the
 * records that it refers to. Written in the record's own transaction.
 */
final class RecordIndex {

    private static final int MAX_TITLE = 500;

    private final Connection connection;
    private final int tenant;

    RecordIndex(Connection connection, int tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /** Writes the keys of the record's lists anew, where any of them changed. */
    void writeLists(TypeInfo type, BaseRecord record, Snapshot before) throws SQLException {
        boolean changed = type.fields().stream().anyMatch(field -> field.isList() && before.has(field.name()));
        if (!changed) {
            return;
        }
        long id = Objects.requireNonNull(record.id());
        if (!before.isNew()) {
            new Sql("delete from record_value where record_id = ?").add("", id).execute(connection);
        }
        Set<Key> keys = new LinkedHashSet<>();
        type.fields().forEach(field -> field.keys(record, (path, key) -> keys.add(new Key(path, key))));
        if (keys.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into record_value (tenant_id, type, field, value_key, record_id) values (?, ?, ?, ?, ?)")) {
            for (Key key : keys) {
                insert.setInt(1, tenant);
                insert.setString(2, type.name());
                insert.setString(3, key.path);
                insert.setString(4, key.value);
                insert.setLong(5, id);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Places the record on the timelines where it belongs, and takes it off the others. */
    void writeTimeline(TypeInfo type, BaseRecord record, boolean isNew) throws SQLException {
        FieldInfo time = type.timelineField();
        if (time == null) {
            return;
        }
        long id = Objects.requireNonNull(record.id());
        if (!isNew) {
            removeFromTimelines(id);
        }
        Set<Long> targets = new LinkedHashSet<>();
        type.fields()
                .forEach(field -> field.references(record, (path, target, targetId) -> {
                    // Who works on it is no customer of ours.
                    if (!target.equals("user") && !target.equals("team")) {
                        targets.add(targetId);
                    }
                }));
        if (targets.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into timeline_entry (tenant_id, target_id, occurred_at, record_id, type, title, created_by,"
                        + " owner_id, team_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (long target : targets) {
                insert.setInt(1, tenant);
                insert.setLong(2, target);
                insert.setTimestamp(3, occurred(time, record));
                insert.setLong(4, id);
                insert.setString(5, type.name());
                insert.setString(6, title(type, record));
                insert.setObject(7, record.createdBy(), Types.BIGINT);
                insert.setObject(8, record.owner(), Types.BIGINT);
                insert.setObject(9, record.team(), Types.BIGINT);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The record is in the trash: it stands on no timeline any more. */
    void removeFromTimelines(long id) throws SQLException {
        new Sql("delete from timeline_entry where record_id = ?").add("", id).execute(connection);
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

    private record Key(String path, String value) {}
}
