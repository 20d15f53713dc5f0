// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.Problem;

/**
 * Why a job failed, as codes and arguments, so that each reader can be told in a language of their own.
 *
 * @param status the HTTP status that fits
 * @param fields what is wrong with single fields of the input
 */
record JobProblem(int status, String code, Map<String, Object> arguments, List<Invalid.FieldProblem> fields) {

    /** The work was cut short by a crash, a stop of the system or the removal of its module. */
    static final JobProblem INTERRUPTED = new JobProblem(503, "job.interrupted", Map.of(), List.of());

    /** The API key with which it was asked for no longer holds. */
    static final JobProblem KEY_WITHDRAWN = new JobProblem(403, "job.keyWithdrawn", Map.of(), List.of());

    /** Whether trying again may help; what the caller got wrong stays wrong. */
    boolean mayPass() {
        return status >= 500 || status == 409 || status == 429;
    }

    static JobProblem of(Problem problem) {
        return new JobProblem(
                problem.status(),
                problem.code(),
                plain(problem.arguments()),
                problem instanceof Invalid invalid ? invalid.fields() : List.of());
    }

    /**
     * What became of an accident, as it has been described to the log: only the incident's id leaves the house.
     *
     * @param described the members of {@code problem+json}
     */
    static JobProblem described(Map<String, Object> described) {
        Object incident = described.get("incident");
        return new JobProblem(
                (int) described.get("status"),
                (String) described.get("code"),
                incident == null ? Map.of() : Map.of("incident", incident),
                List.of());
    }

    /** The problem as it was thrown, to be told in words. */
    Problem exception() {
        return fields.isEmpty() ? new Failed(status, code, arguments) : Invalid.fields(fields);
    }

    /** A problem that has been kept. */
    private static final class Failed extends Problem {
        private static final long serialVersionUID = 1L;

        Failed(int status, String code, Map<String, Object> arguments) {
            super(status, code, arguments);
        }
    }

    Map<String, Object> json() {
        List<Map<String, Object>> inner = new ArrayList<>();
        fields.forEach(field ->
                inner.add(Map.of("path", field.path(), "code", field.code(), "arguments", plain(field.arguments()))));
        return Map.of("status", status, "code", code, "arguments", arguments, "fields", inner);
    }

    @SuppressWarnings("unchecked")
    static JobProblem of(Map<String, Object> json) {
        List<Invalid.FieldProblem> fields = new ArrayList<>();
        for (Map<String, Object> field : (List<Map<String, Object>>) json.get("fields")) {
            fields.add(new Invalid.FieldProblem(
                    (String) field.get("path"), (String) field.get("code"), (Map<String, Object>)
                            field.get("arguments")));
        }
        return new JobProblem(
                ((Number) json.get("status")).intValue(),
                (String) json.get("code"),
                (Map<String, Object>) json.get("arguments"),
                fields);
    }

    // Arguments are whatever the thrower had at hand; only JSON can be kept.
    private static Map<String, Object> plain(Map<String, Object> arguments) {
        Map<String, Object> plain = new LinkedHashMap<>();
        arguments.forEach((name, value) ->
                plain.put(name, value instanceof Number || value instanceof Boolean ? value : value.toString()));
        return plain;
    }
}
