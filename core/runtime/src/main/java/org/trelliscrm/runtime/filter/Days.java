// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.filter;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import org.trelliscrm.api.record.Span;
import org.trelliscrm.api.record.Span.Direction;
import org.trelliscrm.api.record.Span.Unit;

/**
 * The days that a span means just now, in one zone. The first belongs to it, the end no more. Weeks begin on Monday for
 * everybody: a filter that is shared must not list other records for a reader of another language.
 */
record Days(LocalDate first, LocalDate end) {

    /** What every database keeps. */
    private static final LocalDate MIN = LocalDate.of(1, 1, 1);

    private static final LocalDate MAX = LocalDate.of(9999, 12, 31);

    Days {
        first = within(first);
        end = within(end);
    }

    private static LocalDate within(LocalDate day) {
        return day.isBefore(MIN) ? MIN : day.isAfter(MAX) ? MAX : day;
    }

    static Days of(LocalDate day) {
        return new Days(day, day.isBefore(MAX) ? day.plusDays(1) : day);
    }

    /** The days of a span whose unit is no part of a day. */
    static Days of(Span span, Instant now, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        Unit unit = span.unit();
        if (span.count() > 0) {
            return span.direction() == Direction.LAST
                    ? new Days(plus(today, unit, -span.count()), today.plusDays(1))
                    : new Days(today, plus(today, unit, span.count()).plusDays(1));
        }
        int steps = span.direction() == Direction.THIS ? 0 : span.direction() == Direction.LAST ? -1 : 1;
        LocalDate first = plus(start(today, unit), unit, steps);
        return new Days(first, plus(first, unit, 1));
    }

    /** The moments of a span of hours or minutes, as {first, last}. */
    static Instant[] moments(Span span, Instant now) {
        Duration one = span.unit() == Unit.HOUR ? Duration.ofHours(1) : Duration.ofMinutes(1);
        Duration all = one.multipliedBy(span.count());
        return span.direction() == Direction.LAST
                ? new Instant[] {now.minus(all), now}
                : new Instant[] {now, now.plus(all)};
    }

    private static LocalDate start(LocalDate day, Unit unit) {
        return switch (unit) {
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> day.with(IsoFields.DAY_OF_QUARTER, 1);
            case YEAR -> day.withDayOfYear(1);
            default -> day;
        };
    }

    private static LocalDate plus(LocalDate day, Unit unit, int count) {
        return switch (unit) {
            case WEEK -> day.plusWeeks(count);
            case MONTH -> day.plusMonths(count);
            case QUARTER -> day.plusMonths(3L * count);
            case YEAR -> day.plusYears(count);
            default -> day.plusDays(count);
        };
    }

    /** When the first day begins, as a moment. */
    Instant firstMoment(ZoneId zone) {
        return moment(first, zone);
    }

    /** When it is over. */
    Instant endMoment(ZoneId zone) {
        return moment(end, zone);
    }

    private static Instant moment(LocalDate day, ZoneId zone) {
        Instant moment = day.atStartOfDay(zone).toInstant();
        Instant min = LocalDateTime.of(MIN, java.time.LocalTime.MIN).toInstant(ZoneOffset.UTC);
        return moment.isBefore(min) ? min : moment;
    }

    /** Whether it holds every day of the calendar. */
    boolean isWholeYear() {
        return !end.isBefore(first.plusYears(1));
    }
}
