// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.Field.Format;

/**
 * A field that a tenant has added to a record type at run time: what {@code @Field} says of a built-in one, as data.
 *
 * @param name the name in JSON, filters, formulas and rules; never changes
 * @param kind what kind of value it has; of a formula, the kind of its result
 * @param required whether people and programs must give it; modules, which cannot know of it, need not
 * @param searchable whether the search box finds it
 * @param min the smallest number, or {@code null}
 * @param max the largest number, or {@code null}
 * @param maxLength the longest text; 0 if it is none
 * @param references the type that it refers to; empty if it is no reference
 * @param choices in their order
 * @param labels what people call it, by language tag
 * @param formula how it is computed; empty if it is not
 * @param deleted whether it is hidden from everybody, its values kept
 * @param slots the columns, none until they are given
 */
public record CustomField(
        long id,
        String name,
        Kind kind,
        boolean required,
        boolean searchable,
        @Nullable Long min,
        @Nullable Long max,
        int maxLength,
        String references,
        List<Choice> choices,
        Map<String, String> labels,
        String formula,
        boolean deleted,
        List<String> slots) {

    public CustomField {
        choices = List.copyOf(choices);
        slots = List.copyOf(slots);
    }

    /** What kinds of values there are; the name in JSON is the lower-case name. */
    public enum Kind {
        TEXT(Format.PLAIN, 255),
        MULTILINE(Format.MULTILINE, SlotKind.LONG_TEXT),
        EMAIL(Format.EMAIL, 320),
        PHONE(Format.PHONE, 60),
        URL(Format.URL, 1000),
        INTEGER,
        DECIMAL,
        MONEY,
        DATE,
        TIME,
        DATETIME,
        CHOICE,
        MULTICHOICE,
        BOOLEAN,
        REFERENCE;

        private final Format format;
        private final int usualLength;

        Kind() {
            this(Format.PLAIN, 0);
        }

        Kind(Format format, int usualLength) {
            this.format = format;
            this.usualLength = usualLength;
        }

        /** The name in JSON. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind with this name in JSON. */
        public static Optional<Kind> of(String text) {
            return Stream.of(values()).filter(kind -> kind.text().equals(text)).findFirst();
        }

        /** The longest text unless the field says otherwise; 0 if it is no text. */
        public int usualLength() {
            return usualLength;
        }

        /** Whether it has bounds. */
        public boolean isNumber() {
            return this == INTEGER || this == DECIMAL || this == MONEY;
        }

        /** Whether one of named values, or several, are chosen. */
        public boolean isChoice() {
            return this == CHOICE || this == MULTICHOICE;
        }

        Format format() {
            return format;
        }
    }

    /**
     * One of the values of a choice.
     *
     * @param value as stored; never changes
     * @param labels what people call it, by language tag
     * @param retired whether it may stay where it is but not be chosen any more
     */
    public record Choice(String value, Map<String, String> labels, boolean retired) {}

    /** Whether it is computed, and so written by nobody. */
    public boolean isFormula() {
        return !formula.isEmpty();
    }

    /** The kinds of columns that it needs. */
    public List<SlotKind> slotKinds() {
        return switch (kind) {
            case TEXT, EMAIL, PHONE, URL, MULTILINE ->
                List.of(maxLength <= SlotKind.INDEXED_TEXT ? SlotKind.TEXT : SlotKind.LONG);
            case CHOICE -> List.of(SlotKind.TEXT);
            case MULTICHOICE -> List.of(SlotKind.LONG);
            case INTEGER, REFERENCE -> List.of(SlotKind.INT);
            case DECIMAL -> List.of(SlotKind.NUMBER);
            case MONEY -> List.of(SlotKind.NUMBER, SlotKind.CODE);
            case DATE -> List.of(SlotKind.DATE);
            case TIME -> List.of(SlotKind.TIME);
            case DATETIME -> List.of(SlotKind.AT);
            case BOOLEAN -> List.of(SlotKind.BOOL);
        };
    }

    ValueType<?> type() {
        long least = Objects.requireNonNullElse(min, Long.MIN_VALUE);
        long most = Objects.requireNonNullElse(max, Long.MAX_VALUE);
        return switch (kind) {
            case TEXT, EMAIL, PHONE, URL, MULTILINE -> new TextType(maxLength, kind.format());
            case CHOICE -> new CustomChoiceType(this);
            case MULTICHOICE -> new ListType(new CustomChoiceType(this), true);
            case INTEGER -> new ScalarTypes.IntegerType<>(Long.class, least, most);
            case REFERENCE -> new ScalarTypes.ReferenceType(references);
            case DECIMAL -> new ScalarTypes.DecimalType(least, most);
            case MONEY -> new MoneyType(least, most);
            case DATE -> new ScalarTypes.DateType();
            case TIME -> new ScalarTypes.TimeType();
            case DATETIME -> new ScalarTypes.InstantType();
            case BOOLEAN -> new ScalarTypes.BooleanType();
        };
    }

    /** What people call it, in this language or in any that it has been named in. */
    public String label(Locale language) {
        return label(labels, language, name);
    }

    /** What people call one of its choices. */
    public String choiceLabel(String value, Locale language) {
        return choices.stream()
                .filter(choice -> choice.value().equals(value))
                .findFirst()
                .map(choice -> label(choice.labels(), language, value))
                .orElse(value);
    }

    private static String label(Map<String, String> labels, Locale language, String otherwise) {
        return Stream.of(language.toLanguageTag(), language.getLanguage(), "en")
                .filter(labels::containsKey)
                .map(labels::get)
                .findFirst()
                .orElseGet(() -> labels.values().stream().findFirst().orElse(otherwise));
    }

    /** The same field in these columns. */
    public CustomField in(List<String> columns) {
        return new CustomField(
                id,
                name,
                kind,
                required,
                searchable,
                min,
                max,
                maxLength,
                references,
                choices,
                labels,
                formula,
                deleted,
                columns);
    }

    /** The same field, hidden or shown. */
    public CustomField deleted(boolean hidden) {
        return new CustomField(
                id,
                name,
                kind,
                required,
                searchable,
                min,
                max,
                maxLength,
                references,
                choices,
                labels,
                formula,
                hidden,
                slots);
    }
}
