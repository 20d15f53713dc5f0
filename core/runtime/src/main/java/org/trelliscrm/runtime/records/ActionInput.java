// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.RecordAction.Parameter;

/** Checks what an action is told against what it asked for. */
final class ActionInput {

    private static final int MAX_TEXT = 4000;

    private ActionInput() {}

    static Map<String, Object> check(List<Parameter> parameters, Map<String, Object> input) {
        Invalid.Collector problems = new Invalid.Collector();
        Map<String, Object> checked = new HashMap<>();
        for (Parameter parameter : parameters) {
            Object value = value(parameter, input.get(parameter.name()), problems);
            if (value != null) {
                checked.put(parameter.name(), value);
            } else if (parameter.required() && problems.isEmpty()) {
                problems.add(parameter.name(), "field.required");
            }
        }
        for (String name : input.keySet()) {
            if (parameters.stream().noneMatch(parameter -> parameter.name().equals(name))) {
                problems.add(name, "action.unknownParameter");
            }
        }
        problems.throwIfAny();
        return checked;
    }

    private static @Nullable Object value(Parameter parameter, @Nullable Object given, Invalid.Collector problems) {
        if (given == null) {
            return null;
        }
        switch (parameter.kind()) {
            case TEXT:
                if (given instanceof String text) {
                    if (text.length() > MAX_TEXT) {
                        problems.add(
                                parameter.name(), "field.tooLong", Map.of("max", MAX_TEXT, "length", text.length()));
                    }
                    return text.isBlank() ? null : text.strip();
                }
                problems.add(parameter.name(), "field.notText");
                return null;
            case BOOLEAN:
                if (given instanceof Boolean) {
                    return given;
                }
                problems.add(parameter.name(), "field.notBoolean");
                return null;
            case NUMBER:
                if (given instanceof Number number) {
                    return new BigDecimal(number.toString());
                }
                problems.add(parameter.name(), "field.notNumber");
                return null;
            default:
                throw new IllegalStateException(parameter.kind().toString());
        }
    }
}
