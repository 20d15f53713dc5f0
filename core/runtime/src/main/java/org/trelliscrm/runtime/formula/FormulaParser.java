// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.formula;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.formula.Expression.Kind;

/**
 * Reads a formula and checks what kinds of values meet in it:
 *
 * <pre>
 * formula = or [ "?" formula ":" formula ]
 * or      = and { ("or" | "||") and }
 * and     = not { ("and" | "&amp;&amp;") not }
 * not     = ("not" | "!") not | sum [ ("==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=") sum ]
 * sum     = product { ("+" | "-") product }
 * product = sign { ("*" | "/" | "%") sign }
 * sign    = "-" sign | number | text | "true" | "false" | field | function "(" [ formula { "," formula } ] ")"
 *         | "(" formula ")"
 * </pre>
 *
 * There is nothing in it that repeats, stores or reaches beyond the record.
 */
final class FormulaParser {

    private static final int MAX_DEPTH = 30;

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:"
            + "(?<number>[0-9]{1,30}(?:\\.[0-9]{1,20})?)|"
            + "(?<text>\"[^\"]*\"|'[^']*')|"
            + "(?<name>[A-Za-z][A-Za-z0-9]*)|"
            + "(?<sign>==|!=|<=|>=|&&|\\|\\||[-+*/%<>!?:(),]))");

    private final String formula;
    private final Function<String, @Nullable Expression> fields;
    private final Matcher matcher;
    private String kind = "";
    private String token = "";
    private int start;
    private int end;
    private int depth;

    private FormulaParser(String formula, Function<String, @Nullable Expression> fields) {
        this.formula = formula;
        this.fields = fields;
        matcher = TOKEN.matcher(formula);
    }

    /**
     * What a text computes.
     *
     * @param fields the fields that may be used; {@code null} for a name that is none
     * @throws Invalid with what is wrong with it
     */
    static Expression parse(String formula, Function<String, @Nullable Expression> fields) {
        FormulaParser parser = new FormulaParser(formula, fields);
        parser.next();
        Expression expression = parser.formula();
        if (!parser.kind.isEmpty()) {
            throw parser.unexpected();
        }
        return expression;
    }

    static Invalid problem(String code, Map<String, ?> arguments) {
        return Invalid.field("formula", code, arguments);
    }

    private Invalid unexpected() {
        return problem("formula.syntax", Map.of("column", start + 1));
    }

    private void next() {
        start = end;
        while (start < formula.length() && Character.isWhitespace(formula.charAt(start))) {
            start++;
        }
        if (start == formula.length()) {
            kind = "";
            token = "";
            return;
        }
        if (!matcher.region(start, formula.length()).lookingAt()) {
            throw problem(
                    "formula.notAllowed",
                    Map.of("text", formula.substring(start, Math.min(start + 1, formula.length()))));
        }
        end = matcher.end();
        for (String one : List.of("number", "text", "name", "sign")) {
            if (matcher.group(one) != null) {
                kind = one;
                token = matcher.group(one);
            }
        }
    }

    private boolean is(String... wanted) {
        return (kind.equals("sign") || kind.equals("name")) && Set.of(wanted).contains(token);
    }

    private String take() {
        String taken = token;
        next();
        return taken;
    }

    private void expect(String sign) {
        if (!is(sign)) {
            throw unexpected();
        }
        next();
    }

    private Expression formula() {
        if (++depth > MAX_DEPTH) {
            throw problem("formula.tooDeep", Map.of("max", MAX_DEPTH));
        }
        Expression expression = or();
        if (is("?")) {
            next();
            Expression yes = formula();
            expect(":");
            expression = Operators.choice(expression, yes, formula());
        }
        depth--;
        return expression;
    }

    private Expression or() {
        Expression left = and();
        while (is("or", "||")) {
            next();
            left = Operators.logic(false, left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (is("and", "&&")) {
            next();
            left = Operators.logic(true, left, not());
        }
        return left;
    }

    private Expression not() {
        if (is("not", "!")) {
            next();
            return deeper(() -> Operators.not(not()));
        }
        Expression left = sum();
        return is("==", "!=", "<", "<=", ">", ">=") ? Operators.comparison(take(), left, sum()) : left;
    }

    private Expression sum() {
        Expression left = product();
        while (is("+", "-")) {
            left = Operators.arithmetic(take(), left, product());
        }
        return left;
    }

    private Expression product() {
        Expression left = sign();
        while (is("*", "/", "%")) {
            left = Operators.arithmetic(take(), left, sign());
        }
        return left;
    }

    private Expression sign() {
        if (is("-")) {
            next();
            return deeper(() -> Operators.minus(sign()));
        }
        return switch (kind) {
            case "number" -> Expression.constant(Kind.NUMBER, new BigDecimal(take()));
            case "text" -> Expression.constant(Kind.TEXT, unquoted(take()));
            case "name" -> named(take());
            default -> {
                expect("(");
                Expression inner = formula();
                expect(")");
                yield inner;
            }
        };
    }

    private Expression deeper(java.util.function.Supplier<Expression> part) {
        if (++depth > MAX_DEPTH) {
            throw problem("formula.tooDeep", Map.of("max", MAX_DEPTH));
        }
        Expression expression = part.get();
        depth--;
        return expression;
    }

    private static @Nullable String unquoted(String text) {
        return text.length() == 2 ? null : text.substring(1, text.length() - 1);
    }

    private Expression named(String name) {
        if (is("(")) {
            next();
            return Functions.call(name, arguments());
        }
        if (name.equals("true") || name.equals("false")) {
            return Expression.constant(Kind.BOOLEAN, name.equals("true"));
        }
        Expression field = fields.apply(name);
        if (field == null) {
            throw problem("formula.unknownField", Map.of("field", name));
        }
        return field;
    }

    private List<Expression> arguments() {
        List<Expression> arguments = new ArrayList<>();
        if (!is(")")) {
            arguments.add(formula());
            while (is(",")) {
                next();
                arguments.add(formula());
            }
        }
        expect(")");
        return arguments;
    }
}
