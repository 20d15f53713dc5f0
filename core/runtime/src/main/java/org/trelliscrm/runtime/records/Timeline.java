// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.Sql;

/**
 * Everything that happened with a record, newest first: the records of all types that refer to it, those of removed modules
 * too, marked as such, as far as the caller may read them.
 */
@Component(service = Timeline.class)
public class Timeline {

    private final DataSource dataSource;
    private final TypeRegistry types;

    @Activate
    public Timeline(
            @Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource, @Reference TypeRegistry types) {
        this.dataSource = dataSource;
        this.types = types;
    }

    /** One page of a record's timeline, JSON-shaped. The caller may read the record: whoever calls has asked. */
    public Map<String, Object> of(Caller caller, long target, Query query) {
        try (Connection connection = dataSource.getConnection()) {
            Sql sql = new Sql("select t.occurred_at, t.record_id, t.type, t.title, t.created_by, k.module_id, k.version"
                            + " from timeline_entry t left join known_type k on k.name = t.type")
                    .add(" where t.tenant_id = ? and t.target_id = ?", caller.tenant(), target);
            appendReadable(connection, sql, caller);
            append(sql, query);
            sql.add(" order by t.occurred_at desc, t.record_id desc fetch first " + (query.limit() + 1) + " rows only");
            return page(connection, sql, query.limit());
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private void appendReadable(Connection connection, Sql sql, Caller caller) throws SQLException {
        if (caller.rights().scope(Rights.ANY, "read") == Scope.ALL) {
            return;
        }
        sql.add(" and (1 = 0");
        try (PreparedStatement select = connection.prepareStatement("select name from known_type");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String type = row.getString(1);
                sql.add(" or (t.type = ?", type);
                RowAccess.appendScope(sql, caller, caller.rights().scope(type, "read"));
                sql.add(")");
            }
        }
        sql.add(")");
    }

    private static void append(Sql sql, Query query) {
        if (!query.types().isEmpty()) {
            sql.add(" and t.type in ").addAll(query.types());
        }
        if (query.by() != null) {
            sql.add(" and t.created_by = ?", Ids.fromText(query.by()).orElse(-1));
        }
        if (query.from() != null) {
            sql.add(" and t.occurred_at >= ?", timestamp(instant("from", query.from())));
        }
        if (query.to() != null) {
            sql.add(" and t.occurred_at < ?", timestamp(instant("to", query.to())));
        }
        if (query.after() != null) {
            Cursor cursor = Cursor.of(query.after(), "timeline", 1);
            Timestamp at =
                    timestamp(instant("after", String.valueOf(cursor.values().get(0))));
            sql.add(" and (t.occurred_at < ? or (t.occurred_at = ? and t.record_id < ?))", at, at, cursor.id());
        }
    }

    private Map<String, Object> page(Connection connection, Sql sql, int limit) throws SQLException {
        List<Object> items = new ArrayList<>();
        @Nullable String next = null;
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            String at = "";
            long id = 0;
            while (row.next()) {
                if (items.size() == limit) {
                    next = new Cursor("timeline", List.of(at), id).text();
                    break;
                }
                at = row.getTimestamp(1)
                        .toLocalDateTime()
                        .toInstant(ZoneOffset.UTC)
                        .toString();
                id = row.getLong(2);
                items.add(entry(row, at, id));
            }
        }
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("items", items);
        page.put("next", next);
        return page;
    }

    private Map<String, Object> entry(ResultSet row, String at, long id) throws SQLException {
        String type = row.getString(3);
        Long by = (Long) row.getObject(5);
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("at", at);
        entry.put("type", type);
        entry.put("id", Ids.toText(id));
        entry.put("title", row.getString(4));
        entry.put("by", by == null ? null : Ids.toText(by));
        boolean installed = types.name(type).isPresent();
        entry.put("installed", installed);
        if (!installed) {
            entry.put("recordedBy", row.getString(6) + " " + row.getString(7));
        }
        return entry;
    }

    private static Instant instant(String parameter, String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new Invalid("query.notDateTime", Map.of("parameter", parameter, "value", text));
        }
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.valueOf(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    /**
     * Which part of the timeline.
     *
     * @param types the record types, or all if empty
     * @param by the user who made the entries, or {@code null}
     * @param from from this moment on, or {@code null}
     * @param to before this moment, or {@code null}
     * @param limit how many entries
     * @param after the cursor of the page before, or {@code null}
     */
    public record Query(
            List<String> types,
            @Nullable String by,
            @Nullable String from,
            @Nullable String to,
            int limit,
            @Nullable String after) {}
}
