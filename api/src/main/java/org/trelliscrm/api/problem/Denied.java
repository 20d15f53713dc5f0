// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.problem;

import java.util.Map;

/** The caller is known but may not do this (403), or is not known (401). */
public final class Denied extends Problem {

    private static final long serialVersionUID = 1L;

    private Denied(int status, String code, Map<String, ?> arguments) {
        super(status, code, arguments);
    }

    /** The caller lacks the right {@code type:verb}. */
    public static Denied right(String type, String verb) {
        return new Denied(403, "access.denied", Map.of("right", type + ":" + verb));
    }

    /** Allowed to nobody in this state, or to somebody else. */
    public static Denied because(String code, Map<String, ?> arguments) {
        return new Denied(403, code, arguments);
    }

    /** Nobody is signed in, or the proof does not hold. */
    public static Denied unknownCaller(String code) {
        return new Denied(401, code, Map.of());
    }
}
