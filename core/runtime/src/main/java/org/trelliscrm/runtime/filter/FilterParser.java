// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.Filter.Operator;
import org.trelliscrm.api.record.Span;
import org.trelliscrm.runtime.filter.FilterTokens.Kind;
import org.trelliscrm.runtime.filter.FilterTokens.Token;

/**
 * Reads the filter grammar ({@code docs/rest.md}):
 *
 * <pre>
 * or      = and { "or" and }
 * and     = not { "and" not }
 * not     = "not" not | "(" [ or ] ")" | has | compare
 * has     = "has" [ "no" ] type [ "via" path ] [ "where" "(" or ")" ]
 * compare = path [ "not" ] "empty" | path [ "not" ] "in" "(" value { "," value } ")"
 *         | path "between" value "and" value
 *         | path [ "anniversary" ] "within" span | path ("before" | "after") span
 *         | path ("eq" | "ne" | "lt" | "le" | "gt" | "ge" | "contains" | "starts") value
 * span    = "today" | "yesterday" | "tomorrow" | "this" unit | ("last" | "next") [ number ] unit | value
 * </pre>
 */
public final class FilterParser {

    /** Deeper nesting is no person's filter, and would cost stack. */
    static final int MAX_DEPTH = 50;

    static final int MAX_VALUES = 500;

    /** What a database still plans in good time, and without running out of stack. */
    static final int MAX_COMPARISONS = 200;

    private static final int MAX_LENGTH = 20_000;
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,3}");
    private static final String UNITS = "days, weeks, months, quarters, years; after a number hours, minutes";
    private static final Set<String> DIRECTIONS = Set.of("this", "last", "next");
    private static final String OPERATORS =
            "eq, ne, lt, le, gt, ge, contains, starts, in, between, empty, within, before, after, anniversary";

    private final FilterTokens tokens;
    private int depth;
    private int comparisons;

    private FilterParser(String text) {
        tokens = new FilterTokens(text);
    }

    /**
     * The filter behind a text; {@link Filter#ALL} for an empty one.
     *
     * @throws Invalid {@code filter.syntax} with the place of what does not fit, what was expected and what was found
     */
    public static Filter parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new Invalid("filter.tooLong", Map.of("max", MAX_LENGTH, "count", text.length()));
        }
        if (text.isBlank()) {
            return Filter.ALL;
        }
        FilterParser parser = new FilterParser(text);
        Filter filter = parser.or();
        if (parser.tokens.peek().kind() != Kind.END) {
            throw parser.expected("and, or");
        }
        return filter;
    }

    private Filter or() {
        if (++depth > MAX_DEPTH) {
            throw beyond("filter.tooDeep", MAX_DEPTH);
        }
        List<Filter> parts = new ArrayList<>(List.of(and()));
        while (tokens.takeWord("or")) {
            parts.add(and());
        }
        depth--;
        return parts.size() == 1 ? parts.get(0) : new Filter.Or(parts);
    }

    private Filter and() {
        List<Filter> parts = new ArrayList<>(List.of(not()));
        while (tokens.takeWord("and")) {
            parts.add(not());
        }
        return parts.size() == 1 ? parts.get(0) : new Filter.And(parts);
    }

    private Filter not() {
        boolean negated = false;
        while (tokens.takeWord("not")) {
            negated = !negated;
        }
        Filter part = group();
        return negated ? new Filter.Not(part) : part;
    }

    private Filter group() {
        if (!tokens.take(Kind.OPEN)) {
            return single();
        }
        return tokens.take(Kind.CLOSE) ? Filter.ALL : closed(or());
    }

    private Filter closed(Filter inner) {
        if (!tokens.take(Kind.CLOSE)) {
            throw expected(")");
        }
        return inner;
    }

    private Filter single() {
        Token first = tokens.peek();
        if (first.kind() != Kind.WORD) {
            throw expected("a field");
        }
        if (++comparisons > MAX_COMPARISONS) {
            throw beyond("filter.tooManyComparisons", MAX_COMPARISONS);
        }
        tokens.next();
        return first.text().equalsIgnoreCase("has") ? has() : compare(first);
    }

    private Filter has() {
        boolean none = tokens.takeWord("no");
        Token type = word("a record type");
        String via = tokens.takeWord("via") ? word("a field").text() : null;
        Filter.Place place = new Filter.Place(type.position(), type.length());
        Filter where = Filter.ALL;
        if (tokens.takeWord("where")) {
            if (!tokens.take(Kind.OPEN)) {
                throw expected("(");
            }
            where = closed(or());
        }
        Filter has = new Filter.Has(type.text(), via, where, place);
        return none ? has.negate() : has;
    }

    private Token word(String what) {
        if (tokens.peek().kind() != Kind.WORD) {
            throw expected(what);
        }
        return tokens.next();
    }

    private Filter compare(Token path) {
        boolean negated = tokens.takeWord("not");
        Operator operator = operator(negated);
        List<Object> values =
                switch (operator) {
                    case EMPTY -> List.of();
                    case IN -> values();
                    case BETWEEN -> between();
                    case ANNIVERSARY -> anniversary();
                    case WITHIN, BEFORE, AFTER -> List.of(span());
                    default -> List.of(value());
                };
        Filter compare = new Filter.Compare(path.text(), operator, values, tokens.since(path));
        return negated ? compare.negate() : compare;
    }

    private Operator operator(boolean negated) {
        Token token = tokens.peek();
        for (Operator operator : negated ? new Operator[] {Operator.EMPTY, Operator.IN} : Operator.values()) {
            if (token.kind() == Kind.WORD && operator.name().equals(token.text().toUpperCase(Locale.ROOT))) {
                tokens.next();
                return operator;
            }
        }
        throw expected(negated ? "empty, in" : OPERATORS);
    }

    private List<Object> between() {
        Object low = value();
        if (!tokens.takeWord("and")) {
            throw expected("and");
        }
        return List.of(low, value());
    }

    private List<Object> anniversary() {
        if (!tokens.takeWord("within")) {
            throw expected("within");
        }
        return List.of(span());
    }

    /** A span; a day or a moment stays the text that it is. */
    private Object span() {
        Token first = tokens.peek();
        if (first.kind() != Kind.WORD || !DIRECTIONS.contains(first.text().toLowerCase(Locale.ROOT))) {
            Object value = value();
            return Span.parse(value.toString()).<Object>map(span -> span).orElse(value);
        }
        String words = tokens.next().text();
        String number = tokens.peek().text();
        if (!words.equalsIgnoreCase("this") && !number.isEmpty() && Character.isDigit(number.charAt(0))) {
            if (!COUNT.matcher(number).matches()) {
                throw expected("1 to 9999");
            }
            words += " " + tokens.next().text();
        }
        Span span = Span.parse(words + " " + tokens.peek().text()).orElseThrow(() -> expected(UNITS));
        tokens.next();
        return span;
    }

    private List<Object> values() {
        if (!tokens.take(Kind.OPEN)) {
            throw expected("(");
        }
        List<Object> values = new ArrayList<>();
        do {
            if (values.size() == MAX_VALUES) {
                throw beyond("filter.tooManyValues", MAX_VALUES);
            }
            values.add(value());
        } while (tokens.take(Kind.COMMA));
        if (!tokens.take(Kind.CLOSE)) {
            throw expected(")");
        }
        return values;
    }

    private Object value() {
        Token token = tokens.peek();
        if (token.kind() != Kind.WORD && token.kind() != Kind.TEXT) {
            throw expected("a value");
        }
        return tokens.next().text();
    }

    private Invalid beyond(String code, int max) {
        Token found = tokens.peek();
        return new Invalid(code, Map.of("max", max, "position", found.position(), "length", found.length()));
    }

    private Invalid expected(String what) {
        Token found = tokens.peek();
        return new Invalid(
                "filter.syntax",
                Map.of(
                        "position",
                        found.position(),
                        "length",
                        found.length(),
                        "expected",
                        what,
                        "found",
                        found.kind() == Kind.END ? "" : found.text()));
    }
}
