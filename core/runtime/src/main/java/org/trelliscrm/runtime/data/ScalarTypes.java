// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.RecordRef;

/** The small value types: numbers, dates, choices and references. */
final class ScalarTypes {

    private ScalarTypes() {}

    /** Yes or no. */
    static final class BooleanType extends ValueType<Boolean> {
        BooleanType() {
            super("boolean");
        }

        @Override
        public @Nullable Boolean fromJson(@Nullable Object json, String path, Invalid.Collector problems) {
            if (json == null || json instanceof Boolean) {
                return (Boolean) json;
            }
            if ("true".equals(json) || "false".equals(json)) {
                return Boolean.valueOf((String) json);
            }
            problems.add(path, "field.notBoolean");
            return null;
        }

        @Override
        public Object toJson(Boolean value) {
            return value;
        }

        @Override
        public Object toDatabase(Boolean value) {
            return value;
        }

        @Override
        public Boolean fromDatabase(Object value) {
            return (Boolean) value;
        }
    }

    /** Numbers within bounds. {@code Integer} and {@code Long} differ in their Java class only. */
    static final class IntegerType<N extends Number> extends ValueType<N> {
        private final Class<N> javaClass;
        private final long min;
        private final long max;

        IntegerType(Class<N> javaClass, long min, long max) {
            super("integer");
            this.javaClass = javaClass;
            this.min = javaClass == Integer.class ? Math.max(min, Integer.MIN_VALUE) : min;
            this.max = javaClass == Integer.class ? Math.min(max, Integer.MAX_VALUE) : max;
        }

        Class<N> javaClass() {
            return javaClass;
        }

        @Override
        public @Nullable N fromJson(@Nullable Object json, String path, Invalid.Collector problems) {
            BigDecimal number = number(json, path, problems);
            if (number == null) {
                return null;
            }
            if (number.stripTrailingZeros().scale() > 0) {
                problems.add(path, "field.notWhole");
                return null;
            }
            if (outOfRange(number, min, max, path, problems)) {
                return null;
            }
            return of(number.longValueExact());
        }

        private N of(long value) {
            return javaClass.cast(javaClass == Integer.class ? (Number) Math.toIntExact(value) : (Number) value);
        }

        @Override
        public Object toJson(N value) {
            return value;
        }

        @Override
        public Object toDatabase(N value) {
            return value;
        }

        @Override
        public N fromDatabase(Object value) {
            return of(((Number) value).longValue());
        }
    }

    /** Exact decimals with up to four places, as the database keeps them ({@code decimal(19,4)}). */
    static final class DecimalType extends ValueType<BigDecimal> {
        private static final int SCALE = 4;
        private static final BigDecimal LIMIT = BigDecimal.TEN.pow(15);

        private final long min;
        private final long max;

        DecimalType(long min, long max) {
            super("decimal");
            this.min = min;
            this.max = max;
        }

        @Override
        public @Nullable BigDecimal fromJson(@Nullable Object json, String path, Invalid.Collector problems) {
            BigDecimal number = number(json, path, problems);
            if (number == null) {
                return null;
            }
            if (number.stripTrailingZeros().scale() > SCALE) {
                problems.add(path, "field.tooManyDecimals", Map.of("max", SCALE));
                return null;
            }
            if (number.abs().compareTo(LIMIT) >= 0) {
                problems.add(path, "field.outOfRange", Map.of("min", LIMIT.negate(), "max", LIMIT));
                return null;
            }
            return outOfRange(number, min, max, path, problems) ? null : number;
        }

        @Override
        public Object toJson(BigDecimal value) {
            BigDecimal plain = value.stripTrailingZeros();
            return plain.scale() < 0 ? plain.setScale(0) : plain;
        }

        @Override
        public Object toDatabase(BigDecimal value) {
            return value;
        }

        @Override
        public BigDecimal fromDatabase(Object value) {
            return (BigDecimal) value;
        }
    }

    private static @Nullable BigDecimal number(@Nullable Object json, String path, Invalid.Collector problems) {
        if (json == null) {
            return null;
        }
        try {
            BigDecimal number = json instanceof BigDecimal decimal
                    ? decimal
                    : json instanceof BigInteger integer
                            ? new BigDecimal(integer)
                            : json instanceof Number whole
                                    ? BigDecimal.valueOf(whole.longValue())
                                    : json instanceof String text && text.length() <= 40
                                            ? new BigDecimal(text.strip())
                                            : null;
            // An exponent of a billion would need a gigabyte to write down.
            if (number != null && Math.abs((long) number.scale()) < 100) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, like every other value that is no number
        }
        problems.add(path, "field.notNumber");
        return null;
    }

    private static boolean outOfRange(BigDecimal number, long min, long max, String path, Invalid.Collector problems) {
        boolean out = number.compareTo(BigDecimal.valueOf(min)) < 0 || number.compareTo(BigDecimal.valueOf(max)) > 0;
        if (out) {
            problems.add(path, "field.outOfRange", Map.of("min", min, "max", max));
        }
        return out;
    }

    /** Types that are written as text in JSON and may be refused by a parser. */
    private abstract static class ParsedType<T> extends ValueType<T> {
        private final String problem;

        ParsedType(String name, String problem) {
            super(name);
            this.problem = problem;
        }

        abstract T parse(String text);

        @Override
        public @Nullable T fromJson(@Nullable Object json, String path, Invalid.Collector problems) {
            if (json == null || json instanceof String blank && blank.isBlank()) {
                return null;
            }
            if (json instanceof String text) {
                try {
                    return parse(text.strip());
                } catch (DateTimeException e) {
                    // told below
                }
            }
            problems.add(path, problem, Map.of("value", json));
            return null;
        }

        @Override
        public Object toJson(T value) {
            return value.toString();
        }
    }

    /** A moment, in UTC, to the microsecond: PostgreSQL keeps no more. */
    static final class InstantType extends ParsedType<Instant> {
        private static final Instant MIN = Instant.parse("0001-01-01T00:00:00Z");
        private static final Instant MAX = Instant.parse("9999-12-31T23:59:59Z");

        InstantType() {
            super("datetime", "field.notDateTime");
        }

        @Override
        Instant parse(String text) {
            // A date alone is the start of that day, so that filters can say "createdAt ge 2026-01-01".
            Instant instant = text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
            if (instant.isBefore(MIN) || instant.isAfter(MAX)) {
                throw new DateTimeException("beyond what a database keeps");
            }
            return instant.truncatedTo(ChronoUnit.MICROS);
        }

        @Override
        public Object toDatabase(Instant value) {
            return Timestamp.valueOf(LocalDateTime.ofInstant(value, ZoneOffset.UTC));
        }

        @Override
        public Instant fromDatabase(Object value) {
            return ((Timestamp) value).toLocalDateTime().toInstant(ZoneOffset.UTC);
        }
    }

    /** A day. */
    static final class DateType extends ParsedType<LocalDate> {
        DateType() {
            super("date", "field.notDate");
        }

        @Override
        LocalDate parse(String text) {
            LocalDate date = LocalDate.parse(text);
            if (date.getYear() < 1 || date.getYear() > 9999) {
                throw new DateTimeException("beyond what a database keeps");
            }
            return date;
        }

        @Override
        public Object toDatabase(LocalDate value) {
            return Date.valueOf(value);
        }

        @Override
        public LocalDate fromDatabase(Object value) {
            return ((Date) value).toLocalDate();
        }
    }

    /** A time of the day. */
    static final class TimeType extends ParsedType<LocalTime> {
        TimeType() {
            super("time", "field.notTime");
        }

        @Override
        LocalTime parse(String text) {
            return LocalTime.parse(text).truncatedTo(ChronoUnit.SECONDS);
        }

        @Override
        public Object toDatabase(LocalTime value) {
            return Time.valueOf(value);
        }

        @Override
        public LocalTime fromDatabase(Object value) {
            return ((Time) value).toLocalTime();
        }
    }

    /** One of an enumeration's constants; lower case in JSON, as declared in the database. */
    static final class ChoiceType<E extends Enum<E>> extends ValueType<E> {
        private final Class<E> enumClass;

        ChoiceType(Class<E> enumClass) {
            super("choice");
            this.enumClass = enumClass;
        }

        /** The choices as they stand in JSON. */
        java.util.List<String> choices() {
            return Arrays.stream(enumClass.getEnumConstants())
                    .map(ChoiceType::text)
                    .toList();
        }

        private static String text(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public @Nullable E fromJson(@Nullable Object json, String path, Invalid.Collector problems) {
            if (json == null || "".equals(json)) {
                return null;
            }
            for (E constant : enumClass.getEnumConstants()) {
                if (text(constant).equals(json) || constant.name().equals(json)) {
                    return constant;
                }
            }
            problems.add(
                    path,
                    "field.notAChoice",
                    Map.of("value", json, "choices", choices().stream().collect(Collectors.joining(", "))));
            return null;
        }

        @Override
        public Object toJson(E value) {
            return text(value);
        }

        @Override
        public Object toDatabase(E value) {
            return value.name();
        }

        @Override
        public E fromDatabase(Object value) {
            return Enum.valueOf(enumClass, (String) value);
        }

        @Override
        public Object databaseToJson(Object value) {
            return ((String) value).toLowerCase(Locale.ROOT);
        }
    }

    /** The id of a record of one type. */
    static final class ReferenceType extends ValueType<Long> {
        private final String target;

        ReferenceType(String target) {
            super("reference");
            this.target = target;
        }

        String target() {
            return target;
        }

        @Override
        public @Nullable Long fromJson(@Nullable Object json, String path, Invalid.Collector problems) {
            if (json == null || "".equals(json)) {
                return null;
            }
            OptionalLong id = json instanceof String text ? Ids.fromText(text) : OptionalLong.empty();
            if (id.isEmpty()) {
                problems.add(path, "reference.notFound", Map.of("type", target, "id", json));
                return null;
            }
            return id.getAsLong();
        }

        @Override
        public Object toJson(Long value) {
            return Ids.toText(value);
        }

        @Override
        public Object toDatabase(Long value) {
            return value;
        }

        @Override
        public Long fromDatabase(Object value) {
            return ((Number) value).longValue();
        }

        @Override
        public void references(Long value, String path, ReferenceVisitor visitor) {
            visitor.visit(path, target, value);
        }
    }

    /** A record of any type, written {@code type:id}. */
    static final class RecordRefType extends ValueType<RecordRef> {
        RecordRefType() {
            super("record");
        }

        @Override
        public @Nullable RecordRef fromJson(@Nullable Object json, String path, Invalid.Collector problems) {
            if (json == null || "".equals(json)) {
                return null;
            }
            if (json instanceof String text) {
                int colon = text.indexOf(':');
                OptionalLong id = colon > 0 ? Ids.fromText(text.substring(colon + 1)) : OptionalLong.empty();
                if (id.isPresent()) {
                    return new RecordRef(text.substring(0, colon), id.getAsLong());
                }
            }
            problems.add(path, "field.notARecord", Map.of("value", json));
            return null;
        }

        @Override
        public Object toJson(RecordRef value) {
            return value.type() + ":" + Ids.toText(value.id());
        }

        @Override
        public Object toDatabase(RecordRef value) {
            return toJson(value);
        }

        @Override
        public RecordRef fromDatabase(Object value) {
            String text = (String) value;
            int colon = text.indexOf(':');
            return new RecordRef(
                    text.substring(0, colon),
                    Ids.fromText(text.substring(colon + 1)).orElseThrow());
        }

        @Override
        public Object databaseToJson(Object value) {
            return value;
        }

        @Override
        public void references(RecordRef value, String path, ReferenceVisitor visitor) {
            visitor.visit(path, value.type(), value.id());
        }
    }
}
