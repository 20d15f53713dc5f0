// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.trelliscrm.api.access.Authenticator;
import org.trelliscrm.api.access.Authenticator.Session;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Denied;

/**
 * Finds out who asks, for every way in: JAX-RS applications, servlets and static files. Refuses where nobody can be
 * found out, and everything while the part that knows users is away.
 */
@Component(service = Gate.class)
public class Gate {

    /** The name of the session's cookie. */
    public static final String COOKIE = "trellis_session";

    /** The header that repeats a session's CSRF value. */
    public static final String CSRF_HEADER = "X-CSRF-Token";

    private static final String BEARER = "Bearer ";
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable Authenticator authenticator;

    /** Who knows the users; throws while nobody does. */
    public Authenticator authenticator() {
        Authenticator present = authenticator;
        if (present == null) {
            throw new NotReady();
        }
        return present;
    }

    /** Whether anybody could be let in. */
    public boolean isReady() {
        return authenticator != null;
    }

    /**
     * The caller behind a request.
     *
     * @throws Denied 401 if nobody is known, 403 if the CSRF value is missing or the password must be changed first
     */
    public Caller caller(Credentials credentials) {
        Authenticator known = authenticator();
        if (credentials.authorization() != null) {
            String key = credentials.key();
            if (key == null) {
                throw Denied.unknownCaller("access.badAuthorization");
            }
            return known.byKey(key).orElseThrow(() -> Denied.unknownCaller("access.badKey"));
        }
        Session session = session(credentials).orElseThrow(() -> Denied.unknownCaller("access.signInFirst"));
        if (session.mustChangePassword()) {
            throw Denied.because("access.changePasswordFirst", Map.of());
        }
        return session.caller();
    }

    /** The session behind a request, its CSRF value checked; empty if there is none. */
    public Optional<Session> session(Credentials credentials) {
        String token = credentials.cookie();
        Optional<Session> session =
                token == null ? Optional.empty() : authenticator().bySession(token);
        session.filter(one -> !SAFE_METHODS.contains(credentials.method()))
                .filter(one -> !equal(one.csrf(), credentials.csrf()))
                .ifPresent(one -> {
                    throw Denied.because("access.badCsrf", Map.of("header", CSRF_HEADER));
                });
        return session;
    }

    private static boolean equal(String expected, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What a request says of its sender.
     *
     * @param method the HTTP method
     * @param authorization the {@code Authorization} header
     * @param cookie the value of the session's cookie
     * @param csrf the {@value #CSRF_HEADER} header
     */
    public record Credentials(
            String method, @Nullable String authorization, @Nullable String cookie, @Nullable String csrf) {

        /** The API key; {@code null} if none is sent as it should be. */
        public @Nullable String key() {
            return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    ? authorization.substring(BEARER.length()).strip()
                    : null;
        }

        /** What a servlet's request says. */
        public static Credentials of(HttpServletRequest request) {
            String session = null;
            for (Cookie cookie : request.getCookies() == null ? new Cookie[0] : request.getCookies()) {
                if (cookie.getName().equals(COOKIE)) {
                    session = cookie.getValue();
                }
            }
            return new Credentials(
                    request.getMethod(), request.getHeader("Authorization"), session, request.getHeader(CSRF_HEADER));
        }
    }
}
