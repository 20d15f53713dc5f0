// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Locale;

/** What kinds of columns there are for custom fields. */
public enum SlotKind {
    /** Text that an index takes: PostgreSQL refuses entries of more than 2,700 bytes, and a character may have four. */
    TEXT("varchar(" + SlotKind.INDEXED_TEXT + ")", String.class, true),
    /** Long text and lists. */
    LONG("varchar(" + SlotKind.LONG_TEXT + ")", String.class, false),
    NUMBER("decimal(19,4)", BigDecimal.class, true),
    /** The currency of an amount. */
    CODE("varchar(3)", String.class, false),
    /** Whole numbers and references. */
    INT("bigint", Long.class, true),
    BOOL("boolean", Boolean.class, true),
    DATE("date", Date.class, true),
    TIME("time", Time.class, true),
    AT("timestamp", Timestamp.class, true);

    /** The longest text that has an index. */
    public static final int INDEXED_TEXT = 400;

    /** The longest text of all: both databases compare and search it like any other. */
    public static final int LONG_TEXT = 20_000;

    private final String columnType;
    private final Class<?> javaClass;
    private final boolean indexed;

    SlotKind(String columnType, Class<?> javaClass, boolean indexed) {
        this.columnType = columnType;
        this.javaClass = javaClass;
        this.indexed = indexed;
    }

    /** The kind of a column, told by its name. */
    static SlotKind of(String slot) {
        return Arrays.stream(values())
                .filter(kind -> slot.startsWith(kind.prefix()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no slot: " + slot));
    }

    private String prefix() {
        return "x_" + name().toLowerCase(Locale.ROOT) + "_";
    }

    /** The name of the n-th column of this kind, from 1. */
    public String column(int number) {
        return prefix() + number;
    }

    /** The type in SQL, the same for both databases. */
    public String columnType() {
        return columnType;
    }

    /** The class in which JDBC gives its values. */
    Class<?> javaClass() {
        return javaClass;
    }

    /** Whether it is worth an index, so that lists are filtered and sorted by it. */
    public boolean indexed() {
        return indexed;
    }
}
