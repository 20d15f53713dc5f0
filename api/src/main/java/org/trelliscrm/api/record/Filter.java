// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.record;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which records are meant. The same tree comes out of {@code ?filter=} and out of Java code; {@code docs/rest.md} has the
 * grammar. Fields are named as in JSON; with a dot, attributes of list items ({@code emails.address}) and fields of the
 * record that a field refers to ({@code organization.name}).
 */
public sealed interface Filter {

    /** Every record. */
    Filter ALL = new And(List.of());

    /** All of these hold. */
    record And(List<Filter> parts) implements Filter {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** At least one of these holds. */
    record Or(List<Filter> parts) implements Filter {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /** This does not hold. */
    record Not(Filter part) implements Filter {}

    /**
     * A field compared with values.
     *
     * @param path the field
     * @param operator how
     * @param values as text, or as the field's own Java type; one, none for {@code EMPTY}, two for {@code BETWEEN}, any
     *     number for {@code IN}; a {@link Span} or a day or moment for {@code WITHIN}, {@code BEFORE} and {@code AFTER}
     * @param place where it stands in the text that it was read from, so that errors can point there; two comparisons that
     *     differ in nothing else are equal
     */
    record Compare(String path, Operator operator, List<Object> values, @Nullable Place place) implements Filter {
        public Compare {
            values = List.copyOf(values);
        }

        public Compare(String path, Operator operator, List<Object> values) {
            this(path, operator, values, null);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Compare compare
                    && path.equals(compare.path)
                    && operator == compare.operator
                    && values.equals(compare.values);
        }

        @Override
        public int hashCode() {
            return Objects.hash(path, operator, values);
        }
    }

    /**
     * At least one record of another type refers to this one.
     *
     * @param type the name of the other type
     * @param via the field of the other type that refers; {@code null} for any of them
     * @param where which of its records count
     * @param place where it stands in the text, as for {@link Compare}
     */
    record Has(String type, @Nullable String via, Filter where, @Nullable Place place) implements Filter {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Has has
                    && type.equals(has.type)
                    && Objects.equals(via, has.via)
                    && where.equals(has.where);
        }

        @Override
        public int hashCode() {
            return Objects.hash(type, via, where);
        }
    }

    /**
     * Where something stands in the text of a filter.
     *
     * @param position its first character, from 1
     * @param length how many characters
     */
    record Place(int position, int length) {}

    /** The comparisons; the name in the grammar is the lower-case name. */
    enum Operator {
        EQ,
        NE,
        LT,
        LE,
        GT,
        GE,
        CONTAINS,
        STARTS,
        IN,
        BETWEEN,
        EMPTY,
        /** Lies in a span of time. */
        WITHIN,
        /** Lies before a span of time, or before a day or moment. */
        BEFORE,
        /** Lies after a span of time, or after a day or moment. */
        AFTER,
        /** Its day and month lie in a span of time, whatever the year: birthdays. */
        ANNIVERSARY
    }

    /** The field equals the value. */
    static Filter eq(String path, Object value) {
        return new Compare(path, Operator.EQ, List.of(value));
    }

    /** The field compared with values. */
    static Filter where(String path, Operator operator, Object... values) {
        return new Compare(path, operator, List.of(values));
    }

    /** The date or moment lies in the span, as it is when the filter runs. */
    static Filter within(String path, Span span) {
        return where(path, Operator.WITHIN, span);
    }

    /** The field has no value, or the list no entry. */
    static Filter empty(String path) {
        return where(path, Operator.EMPTY);
    }

    /** A record of another type that fits {@code where} refers to this one by any of its fields. */
    static Filter has(String type, Filter where) {
        return new Has(type, null, where, null);
    }

    /** A record of another type that fits {@code where} refers to this one by the field {@code via}. */
    static Filter has(String type, String via, Filter where) {
        return new Has(type, via, where, null);
    }

    /** Both hold. */
    default Filter and(Filter other) {
        return new And(List.of(this, other));
    }

    /** At least one of them holds. */
    default Filter or(Filter other) {
        return new Or(List.of(this, other));
    }

    /** It does not hold. */
    default Filter negate() {
        return new Not(this);
    }
}
