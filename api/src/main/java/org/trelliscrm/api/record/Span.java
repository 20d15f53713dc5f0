// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.record;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of time told from today: {@code today}, {@code last month}, {@code next 7 days}. Kept as these words and turned
 * into days only when a filter runs, in the zone of the one who asks, so that a saved filter never grows old.
 *
 * @param direction which way it lies
 * @param count how many units, the running day included; 0 for the one whole unit of the calendar
 * @param unit of what
 */
public record Span(Direction direction, int count, Unit unit) {

    /** Which way a span lies from now. */
    public enum Direction {
        THIS,
        LAST,
        NEXT
    }

    /** The units of a span. Weeks begin on Monday, months and years are those of the Gregorian calendar. */
    public enum Unit {
        MINUTE,
        HOUR,
        DAY,
        WEEK,
        MONTH,
        QUARTER,
        YEAR;

        /** Whether it is a part of a day, so that only moments can be compared with it. */
        public boolean withinDay() {
            return this == MINUTE || this == HOUR;
        }
    }

    private static final int MAX_COUNT = 9999;
    private static final Pattern WORDS = Pattern.compile(
            "(this|last|next)(?:\\s+([1-9][0-9]{0,3}))?\\s+(minute|hour|day|week|month|quarter|year)s?");

    /**
     * A span.
     *
     * @throws IllegalArgumentException if no words stand for it
     */
    public Span {
        boolean counted = count > 0;
        if (count < 0 || count > MAX_COUNT || counted && direction == Direction.THIS || !counted && unit.withinDay()) {
            throw new IllegalArgumentException("no span: " + direction + " " + count + " " + unit);
        }
    }

    /** The running unit of the calendar: {@code this month}. */
    public static Span running(Unit unit) {
        return new Span(Direction.THIS, 0, unit);
    }

    /** From so many units ago until today, or until now where the units are parts of a day. */
    public static Span last(int count, Unit unit) {
        return new Span(Direction.LAST, count, unit);
    }

    /** From today, or now, until in so many units. */
    public static Span next(int count, Unit unit) {
        return new Span(Direction.NEXT, count, unit);
    }

    /** The span that these words stand for; empty if they stand for none. */
    public static Optional<Span> parse(String words) {
        String text = words.strip().toLowerCase(Locale.ROOT);
        switch (text) {
            case "today":
                return Optional.of(running(Unit.DAY));
            case "yesterday":
                return Optional.of(new Span(Direction.LAST, 0, Unit.DAY));
            case "tomorrow":
                return Optional.of(new Span(Direction.NEXT, 0, Unit.DAY));
            default:
        }
        Matcher matcher = WORDS.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Direction direction = Direction.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
        int count = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        Unit unit = Unit.valueOf(matcher.group(3).toUpperCase(Locale.ROOT));
        boolean sensible = count == 0 ? !unit.withinDay() : direction != Direction.THIS;
        return sensible ? Optional.of(new Span(direction, count, unit)) : Optional.empty();
    }

    /** The words, as {@link #parse} reads them. */
    @Override
    public String toString() {
        if (unit == Unit.DAY && count == 0) {
            return switch (direction) {
                case THIS -> "today";
                case LAST -> "yesterday";
                case NEXT -> "tomorrow";
            };
        }
        String words = direction.name().toLowerCase(Locale.ROOT) + " ";
        return words + (count == 0 ? "" : count + " ") + unit.name().toLowerCase(Locale.ROOT) + (count > 1 ? "s" : "");
    }
}
