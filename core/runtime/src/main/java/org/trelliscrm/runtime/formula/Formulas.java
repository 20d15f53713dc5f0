// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.formula;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Money;
import org.trelliscrm.runtime.data.CustomField;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.formula.Expression.Kind;

/** The formulas of one record type: in an order in which each finds ready what it uses. */
public final class Formulas {

    private static final Logger LOG = LoggerFactory.getLogger(Formulas.class);

    /** Written after everything else. */
    private static final Set<String> TOO_LATE = Set.of("updatedAt", "updatedBy", "deletedAt");

    private final Map<String, FieldInfo> fields = new LinkedHashMap<>();
    private final List<Consumer<BaseRecord>> steps = new ArrayList<>();
    private final Set<String> ready = new LinkedHashSet<>();

    private Formulas(TypeInfo type) {
        type.fields().stream()
                .filter(field -> field.custom() == null)
                .forEach(field -> fields.put(field.name(), field));
        // In a formula a field of one's own is meant by the name that it was given, whatever a module has brought
        // since.
        type.fields().stream()
                .filter(field -> field.custom() != null)
                .forEach(field -> fields.put(field.ruleName(), field));
    }

    /**
     * What fills the computed fields of a record. A formula that has become impossible, because a module no longer brings a
     * field, is left out; the values that it had stay.
     */
    public static Consumer<BaseRecord> of(TypeInfo type) {
        Formulas formulas = new Formulas(type);
        for (FieldInfo field : formulas.fields.values()) {
            if (isFormula(field)) {
                try {
                    formulas.add(field, new LinkedHashSet<>());
                } catch (Invalid e) {
                    LOG.warn("the formula of {}.{} is not computed: {}", type.name(), field.name(), e.getMessage());
                }
            }
        }
        List<Consumer<BaseRecord>> steps = List.copyOf(formulas.steps);
        return record -> steps.forEach(step -> step.accept(record));
    }

    /**
     * Checks one formula with all that it uses.
     *
     * @throws Invalid with what is wrong with it
     */
    public static void check(TypeInfo type, String name) {
        Formulas formulas = new Formulas(type);
        formulas.add(java.util.Objects.requireNonNull(formulas.fields.get(name)), new LinkedHashSet<>());
    }

    /** The formulas that use a field directly. */
    public static List<String> using(TypeInfo type, String name) {
        Formulas formulas = new Formulas(type);
        return formulas.fields.values().stream()
                .filter(Formulas::isFormula)
                .filter(field -> formulas.uses(field, name))
                .map(FieldInfo::ruleName)
                .toList();
    }

    private boolean uses(FieldInfo formula, String name) {
        boolean[] found = new boolean[1];
        try {
            FormulaParser.parse(formula(formula), used -> {
                found[0] |= used.equals(name);
                FieldInfo field = fields.get(used);
                return field == null ? null : read(field);
            });
        } catch (Invalid e) {
            LOG.debug("a formula that cannot be computed holds nothing: {}", e.getMessage());
        }
        return found[0];
    }

    private static boolean isFormula(FieldInfo field) {
        CustomField custom = field.custom();
        return custom != null && custom.isFormula() && !custom.deleted();
    }

    private static String formula(FieldInfo field) {
        return java.util.Objects.requireNonNull(field.custom()).formula();
    }

    /** @param path the formulas that wait for this one */
    private void add(FieldInfo field, Set<String> path) {
        String name = field.ruleName();
        if (ready.contains(name)) {
            return;
        }
        if (!path.add(name)) {
            List<String> cycle = new ArrayList<>(path);
            cycle.add(name);
            throw FormulaParser.problem(
                    "formula.cycle",
                    Map.of("path", String.join(" → ", cycle.subList(cycle.indexOf(name), cycle.size()))));
        }
        Expression expression = FormulaParser.parse(formula(field), used -> {
            FieldInfo other = fields.get(used);
            if (other == null || other.internal() || TOO_LATE.contains(used)) {
                return null;
            }
            if (isFormula(other)) {
                add(other, path);
            }
            return read(other);
        });
        Kind wanted = kind(field);
        if (expression.kind() != wanted) {
            throw FormulaParser.problem(
                    "formula.wrongResult",
                    Map.of(
                            "given",
                            expression.kind().text(),
                            "wanted",
                            String.valueOf(wanted == null ? "" : wanted.text())));
        }
        path.remove(name);
        ready.add(name);
        steps.add(record -> field.set(record, fitting(field, expression.of(record))));
    }

    /** The value as the field takes it; one that it does not take is none. */
    private static @Nullable Object fitting(FieldInfo field, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        CustomField custom = java.util.Objects.requireNonNull(field.custom());
        Object json =
                switch (custom.kind()) {
                    case INTEGER -> ((BigDecimal) value).setScale(0, RoundingMode.HALF_UP);
                    case DECIMAL -> ((BigDecimal) value).setScale(4, RoundingMode.HALF_UP);
                    case TEXT -> cut((String) value, custom.maxLength());
                    case BOOLEAN -> value;
                    default -> value.toString();
                };
        return field.type().fromJson(json, field.name(), new Invalid.Collector());
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    private static @Nullable Expression read(FieldInfo field) {
        Kind kind = kind(field);
        if (kind == null) {
            return null;
        }
        return new Expression(kind, record -> {
            Object value = field.get(record);
            if (value == null) {
                return null;
            } else if (value instanceof Money money) {
                return money.amount();
            } else if (kind == Kind.NUMBER) {
                return value instanceof BigDecimal number ? number : BigDecimal.valueOf(((Number) value).longValue());
            }
            // A choice is meant by what JSON shows.
            return kind == Kind.TEXT ? field.json(record) : value;
        });
    }

    /** What kind of value a field is in a formula; {@code null} if it cannot be computed with. */
    private static @Nullable Kind kind(FieldInfo field) {
        if (field.isList()) {
            return null;
        } else if (field.isText()) {
            return Kind.TEXT;
        }
        return switch (field.type().name()) {
            case "choice" -> Kind.TEXT;
            case "integer", "decimal", "money" -> Kind.NUMBER;
            case "boolean" -> Kind.BOOLEAN;
            case "date" -> Kind.DATE;
            case "datetime" -> Kind.DATETIME;
            default -> null;
        };
    }
}
