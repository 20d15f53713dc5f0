// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.Filter.Operator;
import org.trelliscrm.runtime.filter.FilterTokens.Kind;
import org.trelliscrm.runtime.filter.FilterTokens.Token;

/**
 * Reads the filter grammar ({@code docs/rest.md}):
 *
 * <pre>
 * or      = and { "or" and }
 * and     = not { "and" not }
 * not     = "not" not | "(" or ")" | compare
 * compare = path "empty" | path "in" "(" value { "," value } ")"
 *         | path "between" value "and" value
 *         | path ("eq" | "ne" | "lt" | "le" | "gt" | "ge" | "contains" | "starts") value
 * </pre>
 */
public final class FilterParser {

    /** Deeper nesting is no person's filter, and would cost stack. */
    private static final int MAX_DEPTH = 50;

    private static final int MAX_VALUES = 500;

    private final FilterTokens tokens;
    private int depth;

    private FilterParser(String text) {
        tokens = new FilterTokens(text);
    }

    /**
     * The filter behind a text; {@link Filter#ALL} for an empty one.
     *
     * @throws Invalid {@code filter.syntax} with the position (from 1) of what does not fit
     */
    public static Filter parse(String text) {
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
            throw new Invalid("filter.tooDeep", Map.of("max", MAX_DEPTH));
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
            return compare();
        }
        Filter inner = or();
        if (!tokens.take(Kind.CLOSE)) {
            throw expected(")");
        }
        return inner;
    }

    private Filter compare() {
        Token path = tokens.peek();
        if (path.kind() != Kind.WORD) {
            throw expected("a field");
        }
        tokens.next();
        Operator operator = operator();
        return switch (operator) {
            case EMPTY -> new Filter.Compare(path.text(), operator, List.of());
            case IN -> new Filter.Compare(path.text(), operator, values());
            case BETWEEN -> {
                Object low = value();
                if (!tokens.takeWord("and")) {
                    throw expected("and");
                }
                yield new Filter.Compare(path.text(), operator, List.of(low, value()));
            }
            default -> new Filter.Compare(path.text(), operator, List.of(value()));
        };
    }

    private Operator operator() {
        Token token = tokens.peek();
        for (Operator operator : Operator.values()) {
            if (token.kind() == Kind.WORD && operator.name().equals(token.text().toUpperCase(Locale.ROOT))) {
                tokens.next();
                return operator;
            }
        }
        throw expected("eq, ne, lt, le, gt, ge, contains, starts, in, between, empty");
    }

    private List<Object> values() {
        if (!tokens.take(Kind.OPEN)) {
            throw expected("(");
        }
        List<Object> values = new ArrayList<>();
        do {
            values.add(value());
            if (values.size() > MAX_VALUES) {
                throw new Invalid("filter.tooManyValues", Map.of("max", MAX_VALUES));
            }
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
        tokens.next();
        return token.text();
    }

    private Invalid expected(String what) {
        Token found = tokens.peek();
        return new Invalid(
                "filter.syntax",
                Map.of(
                        "position",
                        found.position(),
                        "expected",
                        what,
                        "found",
                        found.kind() == Kind.END ? "" : found.text()));
    }
}
