// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.record;

import java.util.List;

/**
 * Which records are meant. The same tree comes out of {@code ?filter=} and out of Java code; {@code docs/rest.md} has the
 * grammar. Fields are named as in JSON, attributes of list items with a dot: {@code emails.address}.
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
     *     number for {@code IN}
     */
    record Compare(String path, Operator operator, List<Object> values) implements Filter {
        public Compare {
            values = List.copyOf(values);
        }
    }

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
        EMPTY
    }

    /** The field equals the value. */
    static Filter eq(String path, Object value) {
        return new Compare(path, Operator.EQ, List.of(value));
    }

    /** The field compared with values. */
    static Filter where(String path, Operator operator, Object... values) {
        return new Compare(path, operator, List.of(values));
    }

    /** Both hold. */
    default Filter and(Filter other) {
        return new And(List.of(this, other));
    }
}
