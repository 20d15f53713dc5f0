// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.security;

import java.util.Map;
import org.trelliscrm.api.problem.Problem;

/** The system is starting, or a part without which nobody may be let in is being replaced (503). */
final class NotReady extends Problem {

    private static final long serialVersionUID = 1L;

    NotReady() {
        super(503, "system.notReady", Map.of());
    }
}
