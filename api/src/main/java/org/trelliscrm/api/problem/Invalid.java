// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The request itself is wrong; carries one entry per wrong field, so that all can be mended at once (400, 413, 415, 422). */
public final class Invalid extends Problem {

    private static final long serialVersionUID = 1L;

    private final transient List<FieldProblem> fields;

    private Invalid(int status, String code, Map<String, ?> arguments, List<FieldProblem> fields) {
        super(status, code, arguments);
        this.fields = List.copyOf(fields);
    }

    /** The request cannot be understood: an unknown parameter, a filter that does not parse (400). */
    public Invalid(String code, Map<String, ?> arguments) {
        this(400, code, arguments, List.of());
    }

    /** As {@link #Invalid(String, Map)} with a more telling status, 413 or 415. */
    public static Invalid withStatus(int status, String code, Map<String, ?> arguments) {
        return new Invalid(status, code, arguments, List.of());
    }

    /** The values break the rules of the record (422). */
    public static Invalid fields(List<FieldProblem> fields) {
        return new Invalid(422, "record.invalid", Map.of("count", fields.size()), fields);
    }

    /** One wrong value. */
    public static Invalid field(String path, String code, Map<String, ?> arguments) {
        return fields(List.of(new FieldProblem(path, code, Map.copyOf(arguments))));
    }

    @Override
    public String getMessage() {
        return super.getMessage() + (fields.isEmpty() ? "" : " " + fields);
    }

    /** What is wrong with each field; empty where no single field is to blame. */
    public List<FieldProblem> fields() {
        return fields;
    }

    /**
     * One wrong value.
     *
     * @param path where it stands in the JSON, for example {@code emails[0].address}
     * @param code the rule that it breaks, for example {@code field.required}; text under {@code problem.<code>}
     * @param arguments the values for the text
     */
    public record FieldProblem(String path, String code, Map<String, Object> arguments) {

        /** The same problem, told from one level further out. */
        public FieldProblem under(String prefix) {
            return new FieldProblem(prefix + "." + path, code, arguments);
        }
    }

    /** Gathers the problems of one record. Not thread-safe. */
    public static final class Collector {

        private final List<FieldProblem> found = new ArrayList<>();

        public void add(String path, String code, Map<String, ?> arguments) {
            found.add(new FieldProblem(path, code, Map.copyOf(arguments)));
        }

        public void add(String path, String code) {
            add(path, code, Map.of());
        }

        public boolean isEmpty() {
            return found.isEmpty();
        }

        /** What was found so far. */
        public List<FieldProblem> problems() {
            return List.copyOf(found);
        }

        /** Throws {@link Invalid} if there is anything to tell. */
        public void throwIfAny() {
            if (!found.isEmpty()) {
                throw Invalid.fields(found);
            }
        }
    }
}
