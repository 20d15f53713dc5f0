// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.access;

import java.time.Duration;
import java.util.Map;
import org.trelliscrm.api.problem.Problem;

/** Too many attempts (429, RFC 6585); the answer carries {@code Retry-After}. */
public final class Throttled extends Problem {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public Throttled(Duration retryAfter) {
        super(429, "access.throttled", Map.of("seconds", retryAfter.toSeconds()));
        this.retryAfter = retryAfter;
    }

    /** How long to wait. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
