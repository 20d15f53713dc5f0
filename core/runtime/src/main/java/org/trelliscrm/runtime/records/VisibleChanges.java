// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.api.record.Change;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.Queries;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.feed.ChangeLog;
import org.trelliscrm.runtime.records.TypeRegistry.ServingType;

/**
 * Changes as somebody may see them, for those who tell them outside: only of records that the reader reaches as they are now,
 * and only the fields that are not hidden from the reader.
 */
@Component(service = VisibleChanges.class)
public class VisibleChanges {

    private final DataSource dataSource;
    private final RecordService records;
    private final TypeRegistry types;

    @Activate
    public VisibleChanges(
            @Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource,
            @Reference RecordService records,
            @Reference TypeRegistry types) {
        this.dataSource = dataSource;
        this.records = records;
        this.types = types;
    }

    /** The place at which the feed is. */
    public long end() {
        return new Queries(dataSource)
                .list(new Sql("select last_position from feed_counter"), row -> row.getLong(1))
                .get(0);
    }

    /** The change at a place in the feed. */
    public Optional<Change> at(long position) {
        return after(position - 1, 1).stream()
                .filter(change -> change.position() == position)
                .findFirst();
    }

    /** The changes after a place in the feed, of all tenants, in order. */
    public List<Change> after(long position, int limit) {
        try (Connection connection = dataSource.getConnection()) {
            return ChangeLog.read(connection, position, limit);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /**
     * A change, JSON-shaped, with the record as it is now; empty if the reader does not reach it.
     *
     * @throws NotFound if the module of its type is not installed just now, so that nobody can say
     */
    public Optional<Map<String, @Nullable Object>> asSeenBy(Caller reader, Change change) {
        if (!records.has(change.type())) {
            throw new NotFound("type.unknown", Map.of("type", change.type()));
        }
        if (change.tenant() != reader.tenant() || !reader.rights().allows(change.type(), "read")) {
            return Optional.empty();
        }
        return record(reader, change).map(record -> seen(change, record));
    }

    /**
     * That there was a change, and which fields it touched, without any value; empty if the reader does not reach the
     * record, or nobody can say because the module of its type is not installed. Cheap for a reader who reaches all.
     */
    public Optional<Map<String, @Nullable Object>> named(Caller reader, Change change) {
        TypeInfo type = types.name(change.type(), reader.tenant())
                .map(ServingType::info)
                .orElse(null);
        if (type == null || change.tenant() != reader.tenant()) {
            return Optional.empty();
        }
        boolean reached =
                switch (reader.rights().scope(change.type(), "read")) {
                    case ALL -> true;
                    case NONE -> false;
                    case OWN, TEAM -> record(reader, change).isPresent();
                };
        return reached ? Optional.of(named(reader, type, change)) : Optional.empty();
    }

    private static Map<String, @Nullable Object> named(Caller reader, TypeInfo type, Change change) {
        Map<String, @Nullable Object> named = head(change);
        named.put(
                "fields",
                change.fields().keySet().stream()
                        .filter(field -> RowAccess.sees(reader, type, field))
                        .toList());
        return named;
    }

    private Optional<Map<String, Object>> record(Caller reader, Change change) {
        boolean trash = change.verb().equals("trash");
        return record(reader, change, trash).or(() -> record(reader, change, !trash));
    }

    private Optional<Map<String, Object>> record(Caller reader, Change change, boolean trash) {
        try {
            return Optional.of(records.get(reader, change.type(), change.record(), trash, List.of()));
        } catch (NotFound e) {
            return Optional.empty();
        }
    }

    private static Map<String, @Nullable Object> seen(Change change, Map<String, Object> record) {
        Map<String, Object> changed = new LinkedHashMap<>();
        change.fields().forEach((name, field) -> {
            // What the record shows to the reader is what may be named.
            if (record.containsKey(name)) {
                Map<String, @Nullable Object> both = new LinkedHashMap<>();
                both.put("before", field.before());
                both.put("after", field.after());
                changed.put(name, both);
            }
        });
        Map<String, @Nullable Object> seen = head(change);
        seen.put("changed", changed);
        seen.put("record", record);
        return seen;
    }

    private static Map<String, @Nullable Object> head(Change change) {
        Map<String, @Nullable Object> head = new LinkedHashMap<>();
        head.put("type", change.type());
        head.put("id", Ids.toText(change.record()));
        head.put("verb", change.verb());
        Long actor = change.actor();
        head.put("by", actor == null ? null : Ids.toText(actor));
        head.put("at", change.at().toString());
        return head;
    }
}
