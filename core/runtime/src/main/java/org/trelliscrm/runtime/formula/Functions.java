// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.formula;

import static java.util.Map.entry;
import static org.trelliscrm.runtime.formula.Expression.Kind.BOOLEAN;
import static org.trelliscrm.runtime.formula.Expression.Kind.DATE;
import static org.trelliscrm.runtime.formula.Expression.Kind.DATETIME;
import static org.trelliscrm.runtime.formula.Expression.Kind.NUMBER;
import static org.trelliscrm.runtime.formula.Expression.Kind.TEXT;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.runtime.data.SlotKind;
import org.trelliscrm.runtime.formula.Expression.Kind;

/** What formulas can do by name. None of them repeats anything, so a formula costs no more than it is long. */
final class Functions {

    private static final int MAX_DAYS = 4_000_000;

    /** Works on values that are all there. */
    @FunctionalInterface
    private interface Work {
        @Nullable
        Object of(List<Object> values);
    }

    private record Function(String usage, Kind result, List<Kind> parameters, Work work) {}

    private static final Map<String, Function> ALL = new TreeMap<>(Map.ofEntries(
            entry("upper", text("upper(text)", text -> text.toUpperCase(Locale.ROOT))),
            entry("lower", text("lower(text)", text -> text.toLowerCase(Locale.ROOT))),
            entry("trim", text("trim(text)", String::strip)),
            entry("length", new Function("length(text)", NUMBER, List.of(TEXT), values -> {
                String text = one(values);
                return BigDecimal.valueOf(text.codePointCount(0, text.length()));
            })),
            entry("left", new Function("left(text, count)", TEXT, List.of(TEXT, NUMBER), values -> {
                String text = one(values);
                return text.substring(0, place(text, whole(values.get(1))));
            })),
            entry("right", new Function("right(text, count)", TEXT, List.of(TEXT, NUMBER), values -> {
                String text = one(values);
                int points = text.codePointCount(0, text.length());
                return text.substring(place(text, points - Math.min(points, whole(values.get(1)))));
            })),
            entry("contains", new Function("contains(text, part)", BOOLEAN, List.of(TEXT, TEXT), values -> {
                String part = (String) values.get(1);
                // To look for a long text in a long text may take as long as the two multiplied.
                return part.length() > SlotKind.INDEXED_TEXT
                        ? null
                        : one(values).toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
            })),
            entry("starts", new Function("starts(text, part)", BOOLEAN, List.of(TEXT, TEXT), values -> one(values)
                    .toLowerCase(Locale.ROOT)
                    .startsWith(((String) values.get(1)).toLowerCase(Locale.ROOT)))),
            entry("text", new Function("text(number)", TEXT, List.of(NUMBER), values -> plain(number(values, 0)))),
            entry("abs", new Function("abs(number)", NUMBER, List.of(NUMBER), values -> number(values, 0)
                    .abs())),
            entry("round", new Function("round(number, decimals)", NUMBER, List.of(NUMBER, NUMBER), values -> number(
                            values, 0)
                    .setScale(Math.min(10, whole(values.get(1))), RoundingMode.HALF_UP))),
            entry("min", new Function("min(number, number)", NUMBER, List.of(NUMBER, NUMBER), values -> number(
                            values, 0)
                    .min(number(values, 1)))),
            entry("max", new Function("max(number, number)", NUMBER, List.of(NUMBER, NUMBER), values -> number(
                            values, 0)
                    .max(number(values, 1)))),
            entry("days", between("days(from, to)", ChronoUnit.DAYS)),
            entry("months", between("months(from, to)", ChronoUnit.MONTHS)),
            entry("years", between("years(from, to)", ChronoUnit.YEARS)),
            entry("addDays", new Function("addDays(date, count)", DATE, List.of(DATE, NUMBER), values -> {
                long days = number(values, 1).setScale(0, RoundingMode.DOWN).longValueExact();
                return Math.abs(days) > MAX_DAYS ? null : ((LocalDate) values.get(0)).plusDays(days);
            })),
            entry("addMonths", new Function("addMonths(date, count)", DATE, List.of(DATE, NUMBER), values -> {
                long months = number(values, 1).setScale(0, RoundingMode.DOWN).longValueExact();
                return Math.abs(months) > MAX_DAYS ? null : ((LocalDate) values.get(0)).plusMonths(months);
            })),
            entry("year", part("year(date)", LocalDate::getYear)),
            entry("month", part("month(date)", LocalDate::getMonthValue)),
            entry("day", part("day(date)", LocalDate::getDayOfMonth))));

    /** Those that take more than one kind, or look at what is missing. */
    private static final List<String> SPECIAL = List.of("concat", "date", "if", "ifEmpty", "isEmpty");

    private Functions() {}

    private static Function text(String usage, UnaryOperator<String> work) {
        return new Function(usage, TEXT, List.of(TEXT), values -> Operators.fitting(work.apply(one(values))));
    }

    private static Function between(String usage, ChronoUnit unit) {
        return new Function(
                usage,
                NUMBER,
                List.of(DATE, DATE),
                values -> BigDecimal.valueOf(unit.between((LocalDate) values.get(0), (LocalDate) values.get(1))));
    }

    private static Function part(String usage, java.util.function.ToIntFunction<LocalDate> part) {
        return new Function(
                usage, NUMBER, List.of(DATE), values -> BigDecimal.valueOf(part.applyAsInt((LocalDate) values.get(0))));
    }

    private static String one(List<Object> values) {
        return (String) values.get(0);
    }

    private static BigDecimal number(List<Object> values, int index) {
        return (BigDecimal) values.get(index);
    }

    /** A count of characters. */
    private static int whole(Object value) {
        BigDecimal number = (BigDecimal) value;
        return number.signum() < 0 ? 0 : number.min(BigDecimal.valueOf(100_000)).intValue();
    }

    /** Where the n-th character ends; characters of two chars are never cut apart. */
    private static int place(String text, int characters) {
        int points = text.codePointCount(0, text.length());
        return text.offsetByCodePoints(0, Math.min(points, characters));
    }

    private static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        // A number with an exponent of thousands would be a text of thousands of zeros.
        return Math.abs((long) stripped.scale()) > 100 ? stripped.toString() : stripped.toPlainString();
    }

    /** The function of this name with these arguments. */
    static Expression call(String name, List<Expression> arguments) {
        if (SPECIAL.contains(name)) {
            return special(name, arguments);
        }
        Function function = ALL.get(name);
        if (function == null) {
            List<String> known = new ArrayList<>(ALL.keySet());
            known.addAll(SPECIAL);
            known.sort(String.CASE_INSENSITIVE_ORDER);
            throw FormulaParser.problem(
                    "formula.unknownFunction", Map.of("function", name, "known", String.join(", ", known)));
        }
        List<Expression> fitting = new ArrayList<>();
        for (int i = 0; i < arguments.size() && i < function.parameters().size(); i++) {
            fitting.add(as(function.parameters().get(i), arguments.get(i)));
        }
        List<Kind> kinds = fitting.stream().map(Expression::kind).toList();
        require(kinds.equals(function.parameters()) && arguments.size() == kinds.size(), name, function.usage());
        return new Expression(function.result(), record -> {
            List<Object> values = new ArrayList<>(fitting.size());
            for (Expression argument : fitting) {
                Object value = argument.of(record);
                if (value == null) {
                    return null;
                }
                values.add(value);
            }
            try {
                return function.work().of(values);
            } catch (ArithmeticException | DateTimeException e) {
                // Beyond what can be computed there is no value.
                return null;
            }
        });
    }

    /** A moment serves as a day where a day is wanted: that of UTC, the same for everybody. */
    private static Expression as(Kind wanted, Expression given) {
        return wanted == DATE && given.kind() == DATETIME
                ? new Expression(
                        DATE,
                        record -> given.of(record) instanceof Instant moment
                                ? moment.atZone(ZoneOffset.UTC).toLocalDate()
                                : null)
                : given;
    }

    private static Expression special(String name, List<Expression> arguments) {
        return switch (name) {
            case "concat" -> concat(arguments);
            case "date" -> date(arguments);
            case "if" -> {
                require(arguments.size() == 3, name, "if(condition, then, else)");
                yield Operators.choice(arguments.get(0), arguments.get(1), arguments.get(2));
            }
            case "ifEmpty" -> {
                require(
                        arguments.size() == 2
                                && arguments.get(0).kind() == arguments.get(1).kind(),
                        name,
                        "ifEmpty(value, otherwise)");
                Expression value = arguments.get(0);
                Expression otherwise = arguments.get(1);
                yield new Expression(value.kind(), record -> {
                    Object found = value.of(record);
                    return found == null ? otherwise.of(record) : found;
                });
            }
            case "isEmpty" -> {
                require(arguments.size() == 1, name, "isEmpty(value)");
                Expression value = arguments.get(0);
                yield new Expression(BOOLEAN, record -> value.of(record) == null);
            }
            default -> throw new IllegalStateException(name);
        };
    }

    /** What is missing is left out. */
    private static Expression concat(List<Expression> arguments) {
        require(
                !arguments.isEmpty() && arguments.stream().allMatch(one -> one.kind() == TEXT),
                "concat",
                "concat(text, text, …)");
        return new Expression(TEXT, record -> {
            StringBuilder all = new StringBuilder();
            for (Expression argument : arguments) {
                Object part = argument.of(record);
                all.append(part == null ? "" : part);
            }
            return Operators.fitting(all.toString());
        });
    }

    private static Expression date(List<Expression> arguments) {
        require(arguments.size() == 1, "date", "date(\"2026-05-31\")");
        Expression given = arguments.get(0);
        require(
                given.kind() == TEXT || given.kind() == DATETIME || given.kind() == DATE,
                "date",
                "date(\"2026-05-31\")");
        if (given.kind() != TEXT) {
            return as(DATE, given);
        }
        return new Expression(DATE, record -> {
            try {
                return given.of(record) instanceof String text ? LocalDate.parse(text.strip()) : null;
            } catch (DateTimeException e) {
                return null;
            }
        });
    }

    private static void require(boolean fits, String function, String usage) {
        if (!fits) {
            throw FormulaParser.problem("formula.badArguments", Map.of("function", function, "usage", usage));
        }
    }
}
