// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.security.Principal;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.core.Cookie;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.SecurityContext;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.runtime.once.OnceOnly;
import org.trelliscrm.runtime.security.Gate;
import org.trelliscrm.runtime.security.Gate.Credentials;

/**
 * Stands in front of every resource of an application. It is part of the application, not an extension that comes and goes:
 * there is no moment in which the application serves without it.
 */
final class SecurityFilter implements ContainerRequestFilter {

    /** The one resource that is for people who are not known yet. */
    private static final String SESSION = "session";

    private final Gate gate;
    private final OnceOnly once;

    SecurityFilter(Gate gate, OnceOnly once) {
        this.gate = gate;
        this.once = once;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        if (path.equals(SESSION) || path.startsWith(SESSION + "/")) {
            return;
        }
        // A request cannot bring attributes with it: what is there was put there by the doorkeeper.
        Caller caller = request.getProperty(Doorkeeper.CALLER) instanceof Caller known
                ? known
                : gate.caller(credentials(request));
        String asked = request.getUriInfo().getQueryParameters().getFirst("lang");
        if (asked != null) {
            caller = caller.in(Languages.closest(asked));
        }
        request.setSecurityContext(new Known(caller, request.getSecurityContext()));
        // Not a filter of its own: it must come after this one, and only for those who are known.
        once.begin(request, caller);
    }

    private static Credentials credentials(ContainerRequestContext request) {
        Cookie cookie = request.getCookies().get(Gate.COOKIE);
        return new Credentials(
                request.getMethod(),
                request.getHeaderString(HttpHeaders.AUTHORIZATION),
                cookie == null ? null : cookie.getValue(),
                request.getHeaderString(Gate.CSRF_HEADER));
    }

    private record Known(Caller caller, SecurityContext before) implements SecurityContext {

        @Override
        public Principal getUserPrincipal() {
            return new Callers.CallerPrincipal(caller);
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public boolean isSecure() {
            return before != null && before.isSecure();
        }

        @Override
        public String getAuthenticationScheme() {
            return "trellis";
        }
    }
}
