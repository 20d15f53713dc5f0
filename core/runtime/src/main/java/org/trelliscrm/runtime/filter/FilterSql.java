// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Field.Format;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.Filter.Compare;
import org.trelliscrm.api.record.Filter.Has;
import org.trelliscrm.api.record.Filter.Operator;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.ListKeys;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.data.ValueType;

/**
 * Turns a filter into a condition over the rows of a type's table. Two-valued, as people think: a field without a value is not
 * equal to anything, so {@code ne} and {@code not} find it. Other tables are asked by {@code exists}, which is never unknown
 * and lets both databases choose the way round; what the reader may not see in them is as if it were not there.
 */
public final class FilterSql {

    /** How many times a filter may go from one record to another. */
    static final int MAX_STEPS = 3;

    private static final String TEXT_OPERATORS = "contains, starts";
    private static final String COMPARISONS = "eq, ne, lt, le, gt, ge, in, between, empty";
    private static final int MAX_DEPTH = 250;
    /** A relation by several fields is asked once for each, so there may be more than in the text. */
    private static final int MAX_CONDITIONS = 1000;

    private static final int MAX_VALUES = 10_000;

    private final TypeInfo type;
    private final Reach reach;
    private final Sql sql;
    private final String alias;
    private final int steps;
    private final Size size;

    private FilterSql(TypeInfo type, Reach reach, Sql sql, String alias, int steps, Size size) {
        this.type = type;
        this.reach = reach;
        this.sql = sql;
        this.alias = alias;
        this.steps = steps;
        this.size = size;
    }

    /** Appends {@code and (…)} over the alias {@code t} to a statement, or nothing for {@link Filter#ALL}. */
    public static void append(Filter filter, TypeInfo type, Reach reach, Sql sql) {
        if (!filter.equals(Filter.ALL)) {
            sql.add(" and ");
            new FilterSql(type, reach, sql, "t", 0, new Size()).condition(filter, false);
        }
    }

    private void condition(Filter filter, boolean negated) {
        size.enter();
        if (filter instanceof Filter.And and) {
            join(and.parts(), " and ", "1 = 1", negated);
        } else if (filter instanceof Filter.Or or) {
            join(or.parts(), " or ", "1 = 0", negated);
        } else if (filter instanceof Filter.Not not) {
            sql.add("not (");
            condition(not.part(), true);
            sql.add(")");
        } else if (filter instanceof Compare compare) {
            size.count(1, compare.values().size());
            compare(compare, negated);
        } else if (filter instanceof Has has) {
            size.count(1, 0);
            has(has);
        }
        size.leave();
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
        FieldInfo field = field(dot < 0 ? path : path.substring(0, dot), compare);
        if (!field.isList()) {
            if (dot >= 0) {
                through(field, path.substring(dot + 1), compare);
            } else {
                scalar(field, compare, negated);
            }
        } else if (compare.operator() == Operator.EMPTY && dot < 0) {
            sql.add(alias + "." + field.column() + " is null");
        } else {
            list(dot < 0 ? field : itemField(field, path.substring(dot + 1), compare), compare);
        }
    }

    private FieldInfo field(String name, Compare compare) {
        FieldInfo field = type.field(name);
        if (field == null || !reach.sees(type, field)) {
            throw unknown(compare);
        }
        return field;
    }

    private FieldInfo itemField(FieldInfo list, String name, Compare compare) {
        FieldInfo field = list.itemFields().get(name);
        if (field == null) {
            throw unknown(compare);
        }
        return field;
    }

    private Invalid unknown(Compare compare) {
        return new Invalid("filter.unknownField", toldOfField(compare, Map.of("type", type.name())));
    }

    /** A field of the record that this one refers to. Without such a record, the field is as if it were empty. */
    private void through(FieldInfo reference, String path, Compare compare) {
        String name = reference.referenceTarget();
        if (name == null) {
            throw unknown(compare);
        }
        TypeInfo target = reach.type(name)
                .orElseThrow(() -> new Invalid("filter.notInstalled", toldOfField(compare, Map.of("type", name))));
        if (!reach.reads(target)) {
            throw unknown(compare);
        }
        if (steps == MAX_STEPS) {
            throw new Invalid("filter.tooFar", toldOfField(compare, Map.of("max", MAX_STEPS)));
        }
        Operator operator = compare.operator();
        boolean none = operator == Operator.NE || operator == Operator.EMPTY;
        Filter inner =
                new Compare(path, operator == Operator.NE ? Operator.EQ : operator, compare.values(), compare.place());
        FilterSql there = in(target);
        sql.add(none ? "not exists (" : "exists (").add("select 1 from " + target.table() + " " + there.alias);
        sql.add(" where " + there.alias + ".id = " + alias + "." + reference.column() + " and ");
        reach.rows(sql, target, there.alias);
        sql.add(" and ");
        there.condition(operator == Operator.EMPTY ? inner.negate() : inner, false);
        sql.add(")");
    }

    private FilterSql in(TypeInfo other) {
        return new FilterSql(other, reach, sql, "t" + size.nextAlias(), steps + 1, size);
    }

    private void has(Has has) {
        TypeInfo other = reach.type(has.type())
                .filter(reach::reads)
                .orElseThrow(() -> new Invalid("filter.unknownType", told(has, Map.of("type", has.type()))));
        if (steps == MAX_STEPS) {
            throw new Invalid("filter.tooFar", told(has, Map.of("field", has.type(), "max", MAX_STEPS)));
        }
        List<Referring> fields = Referring.to(type, other, reach).stream()
                .filter(field ->
                        has.via() == null ? !field.isNote() : field.path().equals(has.via()))
                .toList();
        if (fields.isEmpty()) {
            String code = has.via() == null ? "filter.notReferringAtAll" : "filter.notReferring";
            String via = has.via() == null ? "" : has.via();
            throw new Invalid(code, told(has, Map.of("type", has.type(), "to", type.name(), "via", via)));
        }
        for (int i = 0; i < fields.size(); i++) {
            sql.add(i == 0 ? "(" : " or ").add("exists (");
            FilterSql there = in(other);
            fields.get(i).append(sql, there.alias, alias, reach.tenant());
            sql.add(" and ");
            reach.rows(sql, other, there.alias);
            sql.add(" and ");
            there.condition(has.where(), false);
            sql.add(")");
        }
        sql.add(")");
    }

    private void id(Compare compare) {
        List<Object> ids = new ArrayList<>();
        for (Object value : compare.values()) {
            OptionalLong id = value instanceof Long number ? OptionalLong.of(number) : Ids.fromText(value.toString());
            // An id that cannot be one belongs to no record.
            ids.add(id.orElse(-1));
        }
        switch (compare.operator()) {
            case EQ -> sql.add(alias + ".id = ?", ids.get(0));
            case NE -> sql.add(alias + ".id <> ?", ids.get(0));
            case IN -> sql.add(alias + ".id in ").addAll(ids);
            default -> throw notFor(compare, "eq, ne, in");
        }
    }

    private void scalar(FieldInfo field, Compare compare, boolean negated) {
        String column = alias + "." + field.column();
        Operator operator = compare.operator();
        if (operator == Operator.EMPTY) {
            sql.add(column + " is null");
            return;
        }
        // Under a "not", an unknown must become a no before it is turned round.
        sql.add(negated && operator != Operator.NE ? "(" + column + " is not null and " : "(");
        if (TimeSql.isMeant(field, compare)) {
            time(field, column, compare);
            sql.add(")");
            return;
        }
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

    private void time(FieldInfo field, String column, Compare compare) {
        boolean day = field.type().name().equals("date");
        if (!TimeSql.isTime(field) || compare.operator() == Operator.ANNIVERSARY && !day) {
            throw notFor(
                    compare,
                    (field.isText() ? TEXT_OPERATORS + ", " : TimeSql.isTime(field) ? "within, before, after, " : "")
                            + COMPARISONS);
        }
        new TimeSql(field, compare, reach, value -> converted(field, field.type(), value, compare)).append(sql, column);
    }

    private void like(FieldInfo field, Compare compare, String before) {
        if (!field.isText()) {
            throw notFor(compare, COMPARISONS + (TimeSql.isTime(field) ? ", within, before, after" : ""));
        }
        sql.add(
                "lower(" + alias + "." + field.column() + ") like ? escape '\\'",
                before + escaped(text(compare)) + "%");
    }

    private static String text(Compare compare) {
        return compare.values().get(0).toString().toLowerCase(Locale.ROOT);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private void list(FieldInfo field, Compare compare) {
        if (!field.indexed()) {
            throw new Invalid("filter.notIndexed", told(compare, Map.of()));
        }
        boolean none = compare.operator() == Operator.NE || compare.operator() == Operator.EMPTY;
        sql.add(alias).add(none ? ".id not in (" : ".id in (");
        sql.add(
                "select v.record_id from record_value v where v.tenant_id = ? and v.type = ? and v.field = ?",
                reach.tenant(),
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
        Object java = value instanceof String ? converted(field, field.elementType(), value, compare) : value;
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
        Object java = value instanceof String ? converted(field, compared, value, compare) : value;
        // Addresses are stored in lower case.
        return field.format() == Format.EMAIL ? java.toString().toLowerCase(Locale.ROOT) : compared.toDatabase(java);
    }

    @SuppressWarnings("unchecked")
    private static ValueType<Object> as(ValueType<?> type) {
        return (ValueType<Object>) type;
    }

    private static Object converted(FieldInfo field, ValueType<Object> valueType, Object value, Compare compare) {
        if (field.isText() || !(value instanceof String)) {
            // What could never be stored is simply not found.
            return value;
        }
        Invalid.Collector problems = new Invalid.Collector();
        @Nullable Object java = valueType.fromJson(value, compare.path(), problems);
        if (!problems.isEmpty()) {
            throw Invalid.fields(problems.problems().stream()
                    .map(problem -> new Invalid.FieldProblem(
                            problem.path(), problem.code(), told(compare, problem.arguments())))
                    .toList());
        }
        if (java == null) {
            throw new Invalid("filter.emptyValue", told(compare, Map.of()));
        }
        return java;
    }

    private static Invalid notFor(Compare compare, String allowed) {
        return new Invalid(
                "filter.wrongOperator",
                told(compare, Map.of("operator", name(compare), "allowed", allowed, "expected", allowed)));
    }

    private static String name(Compare compare) {
        return compare.operator().name().toLowerCase(Locale.ROOT);
    }

    /** The arguments of a problem with the place of the whole comparison, where it was read from a text. */
    static Map<String, Object> told(Compare compare, Map<String, ?> arguments) {
        Map<String, Object> all = new HashMap<>(arguments);
        all.put("field", compare.path());
        return at(compare.place(), all);
    }

    /** As {@link #told(Compare, Map)}, where the field itself is what does not fit. */
    private static Map<String, Object> toldOfField(Compare compare, Map<String, ?> arguments) {
        Map<String, Object> all = told(compare, arguments);
        all.put("found", compare.path());
        return all;
    }

    private static Map<String, Object> told(Has has, Map<String, ?> arguments) {
        Map<String, Object> all = new HashMap<>(arguments);
        all.put("found", has.type());
        return at(has.place(), all);
    }

    private static Map<String, Object> at(Filter.@Nullable Place place, Map<String, Object> arguments) {
        if (place != null) {
            arguments.put("position", place.position());
            arguments.put("length", place.length());
        }
        return arguments;
    }

    /** How much there is of a filter, so that none can overrun the stack or the database. */
    private static final class Size {

        private int depth;
        private int conditions;
        private int values;
        private int aliases;

        void enter() {
            if (++depth > MAX_DEPTH) {
                throw new Invalid("filter.tooDeep", Map.of("max", MAX_DEPTH));
            }
        }

        void leave() {
            depth--;
        }

        void count(int moreConditions, int moreValues) {
            conditions += moreConditions;
            values += moreValues;
            if (conditions > MAX_CONDITIONS) {
                throw new Invalid("filter.tooManyComparisons", Map.of("max", MAX_CONDITIONS));
            }
            if (values > MAX_VALUES) {
                throw new Invalid("filter.tooManyValues", Map.of("max", MAX_VALUES));
            }
        }

        int nextAlias() {
            return ++aliases;
        }
    }
}
