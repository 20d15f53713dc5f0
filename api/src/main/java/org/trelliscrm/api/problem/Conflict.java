// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.problem;

import java.util.Map;

/** The request fits the rules but not the present state: 409, or 412 for a stale {@code If-Match}. */
public final class Conflict extends Problem {

    private static final long serialVersionUID = 1L;

    private Conflict(int status, String code, Map<String, ?> arguments) {
        super(status, code, arguments);
    }

    public Conflict(String code, Map<String, ?> arguments) {
        this(409, code, arguments);
    }

    /** Somebody else saved the record since the caller read it (RFC 9110, 13.1.1). */
    public static Conflict stale(String type, String id) {
        return new Conflict(412, "record.stale", Map.of("type", type, "id", id));
    }
}
