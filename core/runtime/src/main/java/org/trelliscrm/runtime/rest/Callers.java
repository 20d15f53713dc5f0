// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.security.Principal;
import javax.ws.rs.core.SecurityContext;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Denied;

/** Where resources find out for whom they work. */
public final class Callers {

    private Callers() {}

    /**
     * The caller of a request.
     *
     * @throws Denied if no security has been passed, which would be a mistake of ours
     */
    public static Caller of(SecurityContext context) {
        if (context.getUserPrincipal() instanceof CallerPrincipal principal) {
            return principal.caller();
        }
        throw Denied.unknownCaller("access.signInFirst");
    }

    /** The caller as JAX-RS carries it. */
    record CallerPrincipal(Caller caller) implements Principal {
        @Override
        public String getName() {
            return caller.name();
        }
    }
}
