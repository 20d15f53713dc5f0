// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.time.Duration;
import java.util.Map;
import org.trelliscrm.api.problem.Problem;

/** Not now; {@code Retry-After} says when. */
public final class ComeBack extends Problem {

    private static final long serialVersionUID = 1L;

    private final Duration after;

    public ComeBack(int status, String code, Duration after) {
        super(status, code, Map.of("seconds", Math.max(1, after.toSeconds())));
        this.after = after;
    }

    /** How long to wait. */
    public Duration after() {
        return after;
    }
}
