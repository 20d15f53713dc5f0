// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.Problem;
import org.trelliscrm.runtime.records.PutBack;

/**
 * Why a record, or some of its fields, could not be put back.
 *
 * @param details what is kept about it, JSON-shaped
 */
record UndoProblem(String type, long record, Kind kind, Map<String, Object> details) {

    /** What stood in the way. */
    enum Kind {
        /** Somebody has changed it since. */
        CONFLICT,
        /** A right or a rule forbids it. */
        REFUSED,
        /** The module of the record is not there just now. */
        NOT_INSTALLED;

        String text() {
            return this == NOT_INSTALLED ? "notInstalled" : name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String text) {
            return text.equals("notInstalled") ? NOT_INSTALLED : valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    static UndoProblem notInstalled(String type, long record) {
        return new UndoProblem(type, record, Kind.NOT_INSTALLED, Map.of());
    }

    static UndoProblem refused(String type, long record, Problem problem) {
        Map<String, Object> reasons = new LinkedHashMap<>();
        if (problem instanceof Invalid invalid) {
            invalid.fields().forEach(field -> reasons.put(field.path(), reason(field.code(), field.arguments())));
        }
        return new UndoProblem(
                type,
                record,
                Kind.REFUSED,
                Map.of("reason", reason(problem.code(), problem.arguments()), "fields", reasons));
    }

    /** @param described the mistake, as it was told to the log */
    static UndoProblem incident(String type, long record, Map<String, Object> described) {
        Map<String, Object> arguments = Map.of("incident", described.getOrDefault("incident", ""));
        return new UndoProblem(
                type, record, Kind.REFUSED, Map.of("reason", reason((String) described.get("code"), arguments)));
    }

    /** What one try to put a record back has left over. */
    static List<UndoProblem> of(PutBack.Result result, String type, long record) {
        List<UndoProblem> problems = new ArrayList<>();
        if (!result.conflicts().isEmpty()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            result.conflicts().forEach(conflict -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                values.put("before", conflict.before());
                values.put("written", conflict.written());
                values.put("now", conflict.now());
                fields.put(conflict.field(), values);
            });
            problems.add(new UndoProblem(type, record, Kind.CONFLICT, Map.of("fields", fields)));
        }
        if (!result.refused().isEmpty()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            result.refused().forEach((field, code) -> fields.put(field, reason(code, Map.of("type", type))));
            problems.add(new UndoProblem(type, record, Kind.REFUSED, Map.of("fields", fields)));
        }
        return problems;
    }

    private static Map<String, Object> reason(String code, Map<String, Object> arguments) {
        Map<String, Object> plain = new LinkedHashMap<>();
        arguments.forEach((name, value) ->
                plain.put(name, value instanceof Number || value instanceof Boolean ? value : value.toString()));
        return Map.of("code", code, "arguments", plain);
    }
}
