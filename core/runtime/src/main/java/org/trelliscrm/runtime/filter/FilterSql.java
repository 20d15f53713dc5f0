// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Field.Format;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.Filter.Compare;
import org.trelliscrm.api.record.Filter.Operator;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.ListKeys;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.data.ValueType;

/**
 * Turns a filter into a condition over the alias {@code t} of a type's table. Two-valued, as people think: a field without a
 * value is not equal to anything, so {@code ne} and {@code not} find it.
 */
public final class FilterSql {

    private static final String TEXT_OPERATORS = "contains, starts";

    private final TypeInfo type;
    private final int tenant;
    private final Predicate<String> visible;
    private final Sql sql;

    private FilterSql(TypeInfo type, int tenant, Predicate<String> visible, Sql sql) {
        this.type = type;
        this.tenant = tenant;
        this.visible = visible;
        this.sql = sql;
    }

    /**
     * Appends {@code and (…)} to a statement, or nothing for {@link Filter#ALL}.
     *
     * @param visible which fields the caller may know of; the others do not exist
     */
    public static void append(Filter filter, TypeInfo type, int tenant, Predicate<String> visible, Sql sql) {
        if (!filter.equals(Filter.ALL)) {
            sql.add(" and ");
            new FilterSql(type, tenant, visible, sql).condition(filter, false);
        }
    }

    private void condition(Filter filter, boolean negated) {
        if (filter instanceof Filter.And and) {
            join(and.parts(), " and ", "1 = 1", negated);
        } else if (filter instanceof Filter.Or or) {
            join(or.parts(), " or ", "1 = 0", negated);
        } else if (filter instanceof Filter.Not not) {
            sql.add("not (");
            condition(not.part(), true);
            sql.add(")");
        } else if (filter instanceof Compare compare) {
            compare(compare, negated);
        }
    }

    private void join(List<Filter> parts, String word, String none, boolean negated) {
        if (parts.isEmpty()) {
            sql.add(none);
            return;
        }
        for (int i = 0; i < parts.size(); i++) {
            sql.add(i == 0 ? "(" : word);
            condition(parts.get(i), negated);
        }
        sql.add(")");
    }

    private void compare(Compare compare, boolean negated) {
        String path = compare.path();
        if (path.equals("id")) {
            id(compare);
            return;
        }
        int dot = path.indexOf('.');
        FieldInfo field = field(dot < 0 ? path : path.substring(0, dot), path);
        if (!field.isList()) {
            if (dot >= 0) {
                throw unknown(path);
            }
            scalar(field, compare, negated);
        } else if (compare.operator() == Operator.EMPTY && dot < 0) {
            sql.add("t." + field.column() + " is null");
        } else {
            list(dot < 0 ? field : itemField(field, path.substring(dot + 1), path), compare);
        }
    }

    private FieldInfo field(String name, String path) {
        FieldInfo field = type.field(name);
        if (field == null || !visible.test(name)) {
            throw unknown(path);
        }
        return field;
    }

    private FieldInfo itemField(FieldInfo list, String name, String path) {
        FieldInfo field = list.itemFields().get(name);
        if (field == null) {
            throw unknown(path);
        }
        return field;
    }

    private Invalid unknown(String path) {
        return new Invalid("filter.unknownField", Map.of("field", path, "type", type.name()));
    }

    private void id(Compare compare) {
        List<Object> ids = new ArrayList<>();
        for (Object value : compare.values()) {
            OptionalLong id = value instanceof Long number ? OptionalLong.of(number) : Ids.fromText(value.toString());
            // An id that cannot be one belongs to no record.
            ids.add(id.orElse(-1));
        }
        switch (compare.operator()) {
            case EQ -> sql.add("t.id = ?", ids.get(0));
            case NE -> sql.add("t.id <> ?", ids.get(0));
            case IN -> sql.add("t.id in ").addAll(ids);
            default -> throw notFor(compare, "eq, ne, in");
        }
    }

    private void scalar(FieldInfo field, Compare compare, boolean negated) {
        String column = "t." + field.column();
        Operator operator = compare.operator();
        if (operator == Operator.EMPTY) {
            sql.add(column + " is null");
            return;
        }
        // Under a "not", an unknown must become a no before it is turned round.
        sql.add(negated ? "(" + column + " is not null and " : "(");
        switch (operator) {
            case EQ -> sql.add(column + " = ?", value(field, compare, 0));
            case NE -> sql.add("(" + column + " <> ? or " + column + " is null)", value(field, compare, 0));
            case LT -> sql.add(column + " < ?", value(field, compare, 0));
            case LE -> sql.add(column + " <= ?", value(field, compare, 0));
            case GT -> sql.add(column + " > ?", value(field, compare, 0));
            case GE -> sql.add(column + " >= ?", value(field, compare, 0));
            case BETWEEN ->
                sql.add(column + " >= ? and " + column + " <= ?", value(field, compare, 0), value(field, compare, 1));
            case IN -> sql.add(column + " in ").addAll(values(field, compare));
            case CONTAINS -> like(field, compare, "%");
            case STARTS -> like(field, compare, "");
            default -> throw new IllegalStateException(operator.toString());
        }
        sql.add(")");
    }

    private void like(FieldInfo field, Compare compare, String before) {
        if (!field.isText()) {
            throw new Invalid(
                    "filter.wrongOperator",
                    Map.of(
                            "field",
                            compare.path(),
                            "operator",
                            name(compare),
                            "allowed",
                            "eq, ne, lt, le, gt, ge, in, between, empty"));
        }
        sql.add("lower(t." + field.column() + ") like ? escape '\\'", before + escaped(text(compare)) + "%");
    }

    private static String text(Compare compare) {
        return compare.values().get(0).toString().toLowerCase(Locale.ROOT);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private void list(FieldInfo field, Compare compare) {
        if (!field.indexed()) {
            throw new Invalid("filter.notIndexed", Map.of("field", compare.path()));
        }
        boolean none = compare.operator() == Operator.NE || compare.operator() == Operator.EMPTY;
        sql.add(none ? "t.id not in (" : "t.id in (");
        sql.add(
                "select v.record_id from record_value v where v.tenant_id = ? and v.type = ? and v.field = ?",
                tenant,
                type.name(),
                field.indexPath(compare.path()));
        switch (compare.operator()) {
            case EMPTY -> {}
            case EQ, NE, CONTAINS -> sql.add(" and v.value_key = ?", key(field, compare, 0));
            case IN -> {
                List<Object> keys = new ArrayList<>();
                for (int i = 0; i < compare.values().size(); i++) {
                    keys.add(key(field, compare, i));
                }
                sql.add(" and v.value_key in ").addAll(keys);
            }
            case STARTS -> sql.add(" and v.value_key like ? escape '\\'", escaped(text(compare)) + "%");
            default -> throw notFor(compare, "eq, ne, in, " + TEXT_OPERATORS + ", empty");
        }
        sql.add(")");
    }

    private Object key(FieldInfo field, Compare compare, int index) {
        Object value = compare.values().get(index);
        Object java = value instanceof String ? converted(field, field.elementType(), value, compare.path()) : value;
        return ListKeys.key(field.elementType().toJson(java));
    }

    private List<Object> values(FieldInfo field, Compare compare) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < compare.values().size(); i++) {
            values.add(value(field, compare, i));
        }
        return values;
    }

    private Object value(FieldInfo field, Compare compare, int index) {
        ValueType<Object> compared = as(field.type().comparedAs());
        Object value = compare.values().get(index);
        Object java = value instanceof String ? converted(field, compared, value, compare.path()) : value;
        // Addresses are stored in lower case.
        return field.format() == Format.EMAIL ? java.toString().toLowerCase(Locale.ROOT) : compared.toDatabase(java);
    }

    @SuppressWarnings("unchecked")
    private static ValueType<Object> as(ValueType<?> type) {
        return (ValueType<Object>) type;
    }

    private static Object converted(FieldInfo field, ValueType<Object> valueType, Object value, String path) {
        if (field.isText()) {
            // What could never be stored is simply not found.
            return value;
        }
        Invalid.Collector problems = new Invalid.Collector();
        @Nullable Object java = valueType.fromJson(value, path, problems);
        problems.throwIfAny();
        if (java == null) {
            throw new Invalid("filter.emptyValue", Map.of("field", path));
        }
        return java;
    }

    private static Invalid notFor(Compare compare, String allowed) {
        return new Invalid(
                "filter.wrongOperator", Map.of("field", compare.path(), "operator", name(compare), "allowed", allowed));
    }

    private static String name(Compare compare) {
        return compare.operator().name().toLowerCase(Locale.ROOT);
    }
}
