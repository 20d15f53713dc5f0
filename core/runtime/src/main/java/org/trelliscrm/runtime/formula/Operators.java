// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.formula;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.data.SlotKind;
import org.trelliscrm.runtime.formula.Expression.Kind;

/** What stands between two parts of a formula. */
final class Operators {

    /** More digits than any field has, and no more: a number cannot grow without end. */
    static final MathContext PRECISION = MathContext.DECIMAL128;

    private Operators() {}

    static Expression arithmetic(String operator, Expression left, Expression right) {
        if (operator.equals("+") && left.kind() == Kind.TEXT && right.kind() == Kind.TEXT) {
            return new Expression(Kind.TEXT, record -> {
                Object a = left.of(record);
                Object b = right.of(record);
                return a == null || b == null ? null : fitting((String) a + b);
            });
        }
        if (left.kind() != Kind.NUMBER || right.kind() != Kind.NUMBER) {
            throw badOperands(operator, left, right);
        }
        BinaryOperator<@Nullable BigDecimal> work =
                switch (operator) {
                    case "+" -> (a, b) -> a.add(b, PRECISION);
                    case "-" -> (a, b) -> a.subtract(b, PRECISION);
                    case "*" -> (a, b) -> a.multiply(b, PRECISION);
                    // What is divided by nothing has no value; it is no mistake of the one who saves.
                    case "/" -> (a, b) -> b.signum() == 0 ? null : a.divide(b, PRECISION);
                    case "%" -> (a, b) -> b.signum() == 0 ? null : a.remainder(b, PRECISION);
                    default -> throw new IllegalStateException(operator);
                };
        return new Expression(Kind.NUMBER, record -> {
            Object a = left.of(record);
            Object b = right.of(record);
            try {
                return a == null || b == null ? null : work.apply((BigDecimal) a, (BigDecimal) b);
            } catch (ArithmeticException e) {
                // Beyond what can be computed there is no value.
                return null;
            }
        });
    }

    /** A text that fits into a field; a longer one is none, so that texts cannot grow without end. */
    static @Nullable String fitting(String text) {
        return text.length() <= SlotKind.LONG_TEXT ? text : null;
    }

    @SuppressWarnings("unchecked")
    static Expression comparison(String operator, Expression left, Expression right) {
        boolean equality = operator.equals("==") || operator.equals("!=");
        if (left.kind() != right.kind() || left.kind() == Kind.BOOLEAN && !equality) {
            throw badOperands(operator, left, right);
        }
        IntPredicate holds =
                switch (operator) {
                    case "==" -> sign -> sign == 0;
                    case "!=" -> sign -> sign != 0;
                    case "<" -> sign -> sign < 0;
                    case "<=" -> sign -> sign <= 0;
                    case ">" -> sign -> sign > 0;
                    case ">=" -> sign -> sign >= 0;
                    default -> throw new IllegalStateException(operator);
                };
        return new Expression(Kind.BOOLEAN, record -> {
            Comparable<Object> a = (Comparable<Object>) left.of(record);
            Object b = right.of(record);
            return a == null || b == null ? null : holds.test(a.compareTo(b));
        });
    }

    /** {@code and}, {@code or}: known as soon as one side decides, even if the other is missing. */
    static Expression logic(boolean and, Expression left, Expression right) {
        if (left.kind() != Kind.BOOLEAN || right.kind() != Kind.BOOLEAN) {
            throw badOperands(and ? "and" : "or", left, right);
        }
        Boolean decisive = !and;
        return new Expression(Kind.BOOLEAN, record -> {
            Object a = left.of(record);
            if (decisive.equals(a)) {
                return a;
            }
            Object b = right.of(record);
            return decisive.equals(b) ? b : a == null || b == null ? null : and;
        });
    }

    static Expression not(Expression part) {
        if (part.kind() != Kind.BOOLEAN) {
            throw badOperand("not", part);
        }
        return new Expression(Kind.BOOLEAN, record -> part.of(record) instanceof Boolean value ? !value : null);
    }

    static Expression minus(Expression part) {
        if (part.kind() != Kind.NUMBER) {
            throw badOperand("-", part);
        }
        return new Expression(
                Kind.NUMBER, record -> part.of(record) instanceof BigDecimal value ? value.negate() : null);
    }

    static Expression choice(Expression condition, Expression yes, Expression no) {
        if (condition.kind() != Kind.BOOLEAN) {
            throw FormulaParser.problem(
                    "formula.notACondition", Map.of("kind", condition.kind().text()));
        }
        if (yes.kind() != no.kind()) {
            throw FormulaParser.problem(
                    "formula.twoKinds",
                    Map.of("left", yes.kind().text(), "right", no.kind().text()));
        }
        return new Expression(
                yes.kind(),
                record -> condition.of(record) instanceof Boolean holds ? (holds ? yes : no).of(record) : null);
    }

    private static Invalid badOperands(String operator, Expression left, Expression right) {
        return FormulaParser.problem(
                "formula.badOperands",
                Map.of(
                        "operator",
                        operator,
                        "left",
                        left.kind().text(),
                        "right",
                        right.kind().text()));
    }

    private static Invalid badOperand(String operator, Expression part) {
        return FormulaParser.problem(
                "formula.badOperand",
                Map.of("operator", operator, "operand", part.kind().text()));
    }
}
