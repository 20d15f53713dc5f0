// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.problem;

import java.util.Map;

/**
 * Something that the caller can understand and mend. Thrown by the core and by modules where the fact is known, turned
 * once into a response ({@code application/problem+json}, RFC 9457) in the language of the caller.
 *
 * <p>The text stands in the message catalogue under {@code problem.<code>}; {@code {name}} in it is replaced by the
 * argument of that name. A module puts its own codes, prefixed with its id, in its own catalogue.
 */
public abstract class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, Object> arguments;

    protected Problem(int status, String code, Map<String, ?> arguments) {
        super(code + (arguments.isEmpty() ? "" : " " + arguments));
        this.status = status;
        this.code = code;
        this.arguments = Map.copyOf(arguments);
    }

    /** The HTTP status that fits, for example 404. */
    public int status() {
        return status;
    }

    /** What went wrong, stable for programs, for example {@code record.notFound}. */
    public String code() {
        return code;
    }

    /** The values for the text, by name. */
    public Map<String, Object> arguments() {
        return arguments;
    }

    /** A problem is an answer, not an accident: it needs no stack trace. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
