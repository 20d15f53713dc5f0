// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.filter;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.Filter.Compare;
import org.trelliscrm.api.record.Filter.Has;
import org.trelliscrm.api.record.Span;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.TypeInfo;

/** Writes a filter as the text that {@link FilterParser} reads, so that it can be kept and shown. */
public final class FilterText {

    private final @Nullable TypeInfo type;

    private FilterText(@Nullable TypeInfo type) {
        this.type = type;
    }

    /**
     * The text of a filter over a type. A tree that came from a text gives the same tree again; one made in Java gives one
     * of the same meaning, its values as text.
     */
    public static String of(Filter filter, TypeInfo type) {
        return new FilterText(type).write(filter);
    }

    private String write(Filter filter) {
        if (filter.equals(Filter.ALL)) {
            return "";
        } else if (filter instanceof Filter.And and) {
            return join(and.parts(), " and ");
        } else if (filter instanceof Filter.Or or) {
            return or.parts().isEmpty() ? "not ()" : join(or.parts(), " or ");
        } else if (filter instanceof Filter.Not not) {
            return "not " + part(not.part());
        } else if (filter instanceof Has has) {
            return write(has);
        }
        return write((Compare) filter);
    }

    private String join(List<Filter> parts, String word) {
        return parts.size() == 1
                ? write(parts.get(0))
                : parts.stream().map(this::part).collect(Collectors.joining(word));
    }

    /** A part of something larger, in brackets where it is more than one word to the parser. */
    private String part(Filter part) {
        boolean single = part instanceof Compare || part instanceof Has;
        return single ? write(part) : "(" + write(part) + ")";
    }

    private static String write(Has has) {
        // The fields behind are those of another type; their values are texts or ids.
        String where = new FilterText(null).write(has.where());
        return "has " + has.type()
                + (has.via() == null ? "" : " via " + has.via())
                + (where.isEmpty() ? "" : " where (" + where + ")");
    }

    private String write(Compare compare) {
        List<String> values =
                compare.values().stream().map(value -> text(value, compare)).toList();
        String words = compare.path() + " " + compare.operator().name().toLowerCase(Locale.ROOT);
        return switch (compare.operator()) {
            case EMPTY -> words;
            case IN -> words + " (" + String.join(", ", values) + ")";
            case BETWEEN -> words + " " + values.get(0) + " and " + values.get(1);
            case ANNIVERSARY -> words + " within " + values.get(0);
            default -> words + " " + values.get(0);
        };
    }

    private String text(Object value, Compare compare) {
        return switch (compare.operator()) {
            case WITHIN, BEFORE, AFTER, ANNIVERSARY ->
                value instanceof Span span ? span.toString() : quoted(plain(value, compare));
            default -> quoted(plain(value, compare));
        };
    }

    private String plain(Object value, Compare compare) {
        if (value instanceof Long number) {
            FieldInfo field = type == null ? null : type.field(compare.path());
            boolean counts = field != null && field.elementType().name().equals("integer");
            return counts ? number.toString() : Ids.toText(number);
        }
        return value instanceof Enum<?> choice ? choice.name().toLowerCase(Locale.ROOT) : value.toString();
    }

    /** Always in quotes: a word of the grammar stays a value, and nobody has to know them all. */
    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
