// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.record;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an attribute of a record, or of an item in one of its lists, a field. An attribute without it stays private to
 * the module.
 *
 * <p>Types: {@code String, Boolean, Integer, Long, BigDecimal, Instant, LocalDate, LocalTime}, enumerations, {@link
 * Money}, {@link RecordRef}, and {@code List} of strings, numbers, enumerations, references or items (a class with a
 * constructor without parameters whose attributes carry this annotation). A list is stored as JSON in one column and
 * indexed by the runtime where {@link #indexed} says so.
 *
 * <p>The column has the name of the attribute in snake case; {@code @Column(name = …)} says otherwise. {@code Money} is two
 * columns, {@code <name>_amount} and {@code <name>_currency}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Field {

    /** Whether a record without it is refused. */
    boolean required() default false;

    /** The longest text, in characters. */
    int maxLength() default 255;

    /** The smallest number. */
    long min() default Long.MIN_VALUE;

    /** The largest number. */
    long max() default Long.MAX_VALUE;

    /** What the text is, so that it is checked and shown as such. */
    Format format() default Format.PLAIN;

    /**
     * The type that this number, or each number of this list, refers to; shown as an id in JSON. The caller must be
     * able to read what they refer to. {@link RecordRef} needs no such mark.
     */
    String references() default "";

    /** Whether it can be found by the search box. */
    boolean searchable() default false;

    /** Whether only hooks and the runtime write it. */
    boolean readOnly() default false;

    /** Whether it never leaves the server, like the hash of a password. */
    boolean internal() default false;

    /** Whether no two records of a tenant may have the same; the migration must bring a unique index too. */
    boolean unique() default false;

    /** Whether a list, or an attribute of its items, can be filtered by. Fields outside lists always can. */
    boolean indexed() default false;

    /** What a text is. */
    enum Format {
        /** One line of text. */
        PLAIN,
        /** Several lines. */
        MULTILINE,
        /** An e-mail address (RFC 5321). */
        EMAIL,
        /** A phone number. */
        PHONE,
        /** A link: {@code http}, {@code https}, {@code mailto} or {@code tel} only. */
        URL,
        /** A BCP 47 language tag. */
        LANGUAGE,
        /** An IANA time zone. */
        TIME_ZONE,
        /** A colour as {@code #rrggbb}. */
        COLOR
    }
}
