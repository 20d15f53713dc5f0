// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.ListQuery;
import org.trelliscrm.api.record.Page;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.filter.FilterSql;
import org.trelliscrm.runtime.records.TypeRegistry.ServingType;

/**
 * Reads records for callers: one statement for a page or a record, straight from the row to what JSON shows. Writing goes
 * through JPA (see {@link RecordWriter}); reading does not need its objects and is several times faster without.
 */
@Component(service = RecordReader.class)
public class RecordReader {

    private final References references;
    private final TypeRegistry types;
    private final Clock clock;

    @Activate
    public RecordReader(@Reference References references, @Reference TypeRegistry types, @Reference Clock clock) {
        this.references = references;
        this.types = types;
        this.clock = clock;
    }

    /** One page of a list. */
    Page list(Caller caller, ServingType serving, ListQuery query, Scope scope) {
        TypeInfo type = serving.info();
        if (query.limit() < 1 || query.limit() > ListQuery.MAX_LIMIT) {
            throw new Invalid("limit.outOfRange", Map.of("min", 1, "max", ListQuery.MAX_LIMIT));
        }
        List<FieldInfo> fields = selected(caller, type, query.fields());
        SortKeys sort = new SortKeys(query, type, caller);
        Long total = query.count() ? count(caller, serving, query, scope) : null;
        List<Consumer<Sql>> parts = query.after() == null ? List.of(sql -> {}) : sort.after(query.after());
        return serving.unit().read(connection -> {
            PageReader page = new PageReader(fields, sort, query.limit());
            for (Consumer<Sql> part : parts) {
                if (!page.isFull()) {
                    Sql sql = select(type, fields, sort.fields());
                    appendWhere(sql, caller, type, query, scope);
                    part.accept(sql);
                    sort.appendOrder(sql);
                    page.read(connection, sql);
                }
            }
            references.expand(connection, caller, type, query.expand(), page.items());
            return page.page(total);
        });
    }

    /** One record, from the trash or not, with all fields that the caller may see; empty if there is none for them. */
    Optional<Map<String, Object>> get(
            Caller caller, ServingType serving, long id, Scope scope, boolean trash, List<String> expand) {
        TypeInfo type = serving.info();
        List<FieldInfo> fields = type.fields().stream()
                .filter(field -> RowAccess.sees(caller, type, field))
                .toList();
        Sql sql = select(type, fields, List.of());
        RowAccess.append(sql, caller, scope);
        sql.add(" and t.id = ?", id).add(notDeleted(trash));
        return serving.unit().read(connection -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Map<String, Object> record = record(row, fields);
                references.expand(connection, caller, type, expand, List.of(record));
                return Optional.of(record);
            }
        });
    }

    /** The records that have one of these values in a field; each with its id, its version and that field. */
    List<Map<String, Object>> find(
            Caller caller, ServingType serving, String path, Collection<Object> values, Scope scope) {
        TypeInfo type = serving.info();
        List<FieldInfo> fields = selected(caller, type, List.of(path.split("\\.")[0]));
        return serving.unit().read(connection -> {
            List<Map<String, Object>> found = new ArrayList<>();
            for (Filter filter : asked(connection, path, values)) {
                Sql sql = select(type, fields, List.of());
                RowAccess.append(sql, caller, scope);
                sql.add(notDeleted(false));
                FilterSql.append(filter, type, FilterReach.of(caller, types, clock.instant()), sql);
                try (PreparedStatement statement = sql.prepare(connection);
                        ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        found.add(record(row, fields));
                    }
                }
            }
            return found;
        });
    }

    /** One question for all, but to Derby: it looks up one value in an index, and searches the whole index for one of many. */
    private static List<Filter> asked(Connection connection, String path, Collection<Object> values)
            throws SQLException {
        if (values.isEmpty()) {
            return List.of();
        }
        return connection.getMetaData().getDatabaseProductName().contains("Derby")
                ? values.stream().map(value -> Filter.eq(path, value)).toList()
                : List.of(new Filter.Compare(path, Filter.Operator.IN, List.copyOf(values)));
    }

    /** How many records fit. */
    private long count(Caller caller, ServingType serving, ListQuery query, Scope scope) {
        Sql sql = new Sql("select count(*) from " + serving.info().table() + " t");
        appendWhere(sql, caller, serving.info(), query, scope);
        return serving.unit().read(connection -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** The ids of a tenant's records after one, in the trash or not. */
    List<Long> ids(ServingType serving, int tenant, long after, int limit) {
        Sql sql = new Sql("select t.id from " + serving.info().table() + " t")
                .add(" where t.tenant_id = ? and t.id > ? order by t.id", tenant, after)
                .add(" fetch first " + limit + " rows only");
        return serving.unit().read(connection -> {
            List<Long> ids = new ArrayList<>();
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                }
            }
            return ids;
        });
    }

    private void appendWhere(Sql sql, Caller caller, TypeInfo type, ListQuery query, Scope scope) {
        RowAccess.append(sql, caller, scope);
        sql.add(notDeleted(query.trash()));
        FilterSql.append(query.filter(), type, FilterReach.of(caller, types, clock.instant()), sql);
    }

    private static String notDeleted(boolean trash) {
        return trash ? " and t.deleted_at is not null" : " and t.deleted_at is null";
    }

    private static Sql select(TypeInfo type, List<FieldInfo> fields, List<FieldInfo> more) {
        StringBuilder columns = new StringBuilder("select t.id, t.version");
        for (List<FieldInfo> list : List.of(fields, more)) {
            list.forEach(field ->
                    field.columns().forEach(column -> columns.append(", t.").append(column)));
        }
        return new Sql(
                columns.append(" from ").append(type.table()).append(" t").toString());
    }

    static Map<String, Object> record(ResultSet row, List<FieldInfo> fields) throws SQLException {
        Map<String, @Nullable Object> record = new LinkedHashMap<>(fields.size() * 2);
        record.put("id", Ids.toText(row.getLong(1)));
        record.put("version", row.getInt(2));
        int column = 3;
        for (FieldInfo field : fields) {
            record.put(field.name(), field.readJson(row, column));
            column += field.columns().size();
        }
        return record;
    }

    /** The fields that were asked for; without a wish, all that are cheap to show: those outside lists. */
    private static List<FieldInfo> selected(Caller caller, TypeInfo type, List<String> names) {
        if (names.isEmpty()) {
            return type.fields().stream()
                    .filter(field -> !field.isList() && RowAccess.sees(caller, type, field))
                    .toList();
        }
        Set<FieldInfo> fields = new LinkedHashSet<>();
        for (String name : names) {
            FieldInfo field = type.field(name);
            if (field != null && RowAccess.sees(caller, type, field)) {
                fields.add(field);
            } else if (!name.equals("id") && !name.equals("version")) {
                throw new Invalid("fields.unknown", Map.of("field", name, "type", type.name()));
            }
        }
        return List.copyOf(fields);
    }
}
