// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.ListQuery;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.data.ValueType;

/**
 * The order of a list and the keyset that continues it: no page is counted off, so page 2,500 costs what page 1 does. Both
 * databases place rows without a value after all others, or before them where the order is turned round.
 */
final class SortKeys {

    private static final int MAX_KEYS = 4;

    private final List<Key> keys = new ArrayList<>();
    private final boolean idDescending;
    private final String order;

    SortKeys(ListQuery query, TypeInfo type, Caller caller) {
        if (query.sort().size() > MAX_KEYS) {
            throw new Invalid("sort.tooMany", Map.of("max", MAX_KEYS));
        }
        boolean byId = false;
        boolean descending = false;
        for (ListQuery.Sort sort : query.sort()) {
            descending = sort.descending();
            if (sort.field().equals("id")) {
                byId = true;
                break;
            }
            FieldInfo field = type.field(sort.field());
            if (field == null || !RowAccess.sees(caller, type, field)) {
                throw new Invalid("sort.unknownField", Map.of("field", sort.field(), "type", type.name()));
            }
            if (!field.type().comparable()) {
                throw new Invalid("sort.notSortable", Map.of("field", sort.field()));
            }
            keys.add(new Key(field, sort.descending()));
        }
        // The id goes the way of the first key, so that one index serves the whole order.
        idDescending = keys.isEmpty() ? byId && descending : keys.get(0).descending;
        order = type.name()
                + ":"
                + keys.stream().map(Key::toString).collect(Collectors.joining(","))
                + (idDescending ? "-" : "+");
    }

    List<FieldInfo> fields() {
        return keys.stream().map(Key::field).toList();
    }

    Cursor cursor(List<@Nullable Object> values, long id) {
        return new Cursor(order, values, id);
    }

    void appendOrder(Sql sql) {
        sql.add(" order by ");
        keys.forEach(key -> sql.add("t." + key.field.column() + (key.descending ? " desc, " : ", ")));
        sql.add(idDescending ? "t.id desc" : "t.id");
    }

    /**
     * The conditions for what comes after a cursor, to be asked one after the other until the page is full. Rows without a
     * value in the first field are asked for by themselves: joined to the others by {@code or}, neither database would find
     * the place in its index.
     */
    List<Consumer<Sql>> after(String cursorText) {
        Cursor cursor = Cursor.of(cursorText, order, keys.size());
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            values.add(keys.get(i).databaseValue(cursor.values().get(i)));
        }
        Consumer<Sql> rest = sql -> after(sql.add(" and "), values, cursor.id(), 0);
        if (keys.isEmpty()) {
            return List.of(rest);
        }
        boolean atNulls = values.get(0) == null;
        if (keys.get(0).descending) {
            return atNulls ? List.of(rest, sql -> sql.add(" and " + column(0) + " is not null")) : List.of(rest);
        }
        return atNulls ? List.of(rest) : List.of(rest, sql -> sql.add(" and " + column(0) + " is null"));
    }

    private String column(int i) {
        return "t." + keys.get(i).field.column();
    }

    /** {@code (beyond this key or (equal in this key and after in the rest))}. */
    private void after(Sql sql, List<@Nullable Object> values, long id, int i) {
        if (i == keys.size()) {
            sql.add(idDescending ? "t.id < ?" : "t.id > ?", id);
            return;
        }
        boolean first = i == 0;
        boolean descending = keys.get(i).descending;
        String column = column(i);
        Object value = values.get(i);
        sql.add("(");
        if (value == null) {
            sql.add(descending && !first ? column + " is not null or " : "").add("(" + column + " is null and ");
        } else {
            if (first) {
                // It repeats what follows from the others, in a form that an index understands.
                sql.add(column + (descending ? " <= ?" : " >= ?") + " and (", value);
            }
            sql.add(column + (descending ? " < ?" : " > ?"), value);
            sql.add(first || descending ? "" : " or " + column + " is null");
            sql.add(" or (" + column + " = ? and ", value);
        }
        after(sql, values, id, i + 1);
        sql.add(value != null && first ? ")))" : "))");
    }

    private record Key(FieldInfo field, boolean descending) {

        @Nullable
        Object databaseValue(@Nullable Object json) {
            if (json == null) {
                return null;
            }
            @SuppressWarnings("unchecked")
            ValueType<Object> type = (ValueType<Object>) field.type().comparedAs();
            Invalid.Collector problems = new Invalid.Collector();
            Object value = type.fromJson(comparable(json), field.name(), problems);
            problems.throwIfAny();
            return value == null ? null : type.toDatabase(value);
        }

        /** Money stands in JSON with its currency; it is compared by its amount. */
        private static Object comparable(Object json) {
            return json instanceof Map<?, ?> money ? money.get("amount") : json;
        }

        @Override
        public String toString() {
            return (descending ? "-" : "") + field.name();
        }
    }
}
