// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.filter;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Filter.Compare;
import org.trelliscrm.api.record.Filter.Operator;
import org.trelliscrm.api.record.Span;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Sql;

/** Compares a column of days or moments with spans of time; part of {@link FilterSql}. */
final class TimeSql {

    private static final int LENGTH_OF_A_DAY = 10;
    private static final DateTimeFormatter MONTH_AND_DAY = DateTimeFormatter.ofPattern("MM-dd");

    private final FieldInfo field;
    private final Compare compare;
    private final Reach reach;
    private final Function<Object, Object> converter;

    /**
     * For one comparison.
     *
     * @param converter reads a value that is no span, or tells what is wrong with it
     */
    TimeSql(FieldInfo field, Compare compare, Reach reach, Function<Object, Object> converter) {
        this.field = field;
        this.compare = compare;
        this.reach = reach;
        this.converter = converter;
    }

    static boolean isTime(FieldInfo field) {
        return isDay(field) || field.type().name().equals("datetime");
    }

    private static boolean isDay(FieldInfo field) {
        return field.type().name().equals("date");
    }

    /** Whether the comparison is one of time: by its operator, or because a value is a span such as {@code today}. */
    static boolean isMeant(FieldInfo field, Compare compare) {
        return switch (compare.operator()) {
            case WITHIN, BEFORE, AFTER, ANNIVERSARY -> true;
            case EQ, NE, LT, LE, GT, GE, BETWEEN ->
                isTime(field) && compare.values().stream().anyMatch(value -> span(value) != null);
            default -> false;
        };
    }

    private static @Nullable Span span(Object value) {
        return value instanceof Span span
                ? span
                : value instanceof String text ? Span.parse(text).orElse(null) : null;
    }

    void append(Sql sql, String column) {
        if (compare.operator() == Operator.ANNIVERSARY) {
            anniversary(sql, column);
            return;
        }
        Bounds bounds = bounds(compare.values().get(0));
        switch (compare.operator()) {
            case EQ, WITHIN -> sql.add(column + " >= ? and " + column + " < ?", bounds.low, bounds.high);
            case NE ->
                sql.add(
                        "(" + column + " < ? or " + column + " >= ? or " + column + " is null)",
                        bounds.low,
                        bounds.high);
            case LT, BEFORE -> sql.add(column + " < ?", bounds.low);
            case LE -> sql.add(column + " < ?", bounds.high);
            case GT, AFTER -> sql.add(column + " >= ?", bounds.high);
            case GE -> sql.add(column + " >= ?", bounds.low);
            case BETWEEN ->
                sql.add(
                        column + " >= ? and " + column + " < ?",
                        bounds.low,
                        bounds(compare.values().get(1)).high);
            default -> throw new IllegalStateException(compare.operator().toString());
        }
    }

    private Bounds bounds(Object value) {
        Span span = span(value);
        if (span == null) {
            Object read = day(value);
            return read instanceof Instant moment
                    ? bounds(moment, moment.plus(1, ChronoUnit.MICROS))
                    : bounds(Days.of((LocalDate) read));
        }
        if (!span.unit().withinDay()) {
            return bounds(Days.of(span, reach.now(), reach.zone()));
        }
        if (isDay(field)) {
            throw new Invalid("filter.spanTooShort", FilterSql.told(compare, Map.of("span", span.toString())));
        }
        Instant[] moments = Days.moments(span, reach.now());
        return bounds(moments[0], moments[1]);
    }

    /** A day alone is that day in the zone of the one who asks, also for a field of moments. */
    private Object day(Object value) {
        if (value instanceof String text && text.length() == LENGTH_OF_A_DAY && !isDay(field)) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException e) {
                // The converter tells what the field takes.
            }
        }
        return value instanceof LocalDate ? value : converter.apply(value);
    }

    private Bounds bounds(Days days) {
        return isDay(field)
                ? new Bounds(database(days.first()), database(days.end()))
                : bounds(days.firstMoment(reach.zone()), days.endMoment(reach.zone()));
    }

    private Bounds bounds(Instant low, Instant high) {
        return new Bounds(database(low), database(high));
    }

    private Object database(Object value) {
        return field.type().toDatabase(value);
    }

    private void anniversary(Sql sql, String column) {
        Span span = span(compare.values().get(0));
        if (span != null && span.unit().withinDay()) {
            throw new Invalid("filter.spanTooShort", FilterSql.told(compare, Map.of("span", span.toString())));
        }
        Days days = span == null
                ? Days.of((LocalDate) day(compare.values().get(0)))
                : Days.of(span, reach.now(), reach.zone());
        if (days.isWholeYear()) {
            sql.add(column + " is not null");
            return;
        }
        // Both databases write a day as 2026-02-28; neither shares a function for the day of a month with the other.
        String day = "substr(cast(" + column + " as char(10)), 6, 5)";
        String first = MONTH_AND_DAY.format(days.first());
        String last = MONTH_AND_DAY.format(days.end().minusDays(1));
        // Who was born on 29 February has the first of March in other years.
        String from = first.equals("03-01") && !days.first().isLeapYear() ? "02-29" : first;
        String joined = first.compareTo(last) <= 0 ? " and " : " or ";
        sql.add("(" + day + " >= ?" + joined + day + " <= ?)", from, last);
    }

    private record Bounds(Object low, Object high) {}
}
