// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import javax.servlet.FilterChain;
import javax.servlet.ServletException;
import javax.servlet.http.HttpFilter;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.limits.RequestLimits;
import org.trelliscrm.runtime.security.Gate;
import org.trelliscrm.runtime.security.Gate.Credentials;

/**
 * Asks for credentials in front of every servlet and every JAX-RS application, also of bundles that brought them without a
 * thought of security. What is open is named here and nowhere else. Called by the barrier in the bundle {@code http-gate},
 * which refuses every request while this service is away; the core's own ways in ask by themselves where nobody has asked.
 */
@Component(service = Doorkeeper.class)
public class Doorkeeper extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** The state of the system, signing in, and the page itself, which holds no data. */
    private static final Set<String> OPEN = Set.of("/health", "/api/session", "/api/session/password", "/");

    /** The files of the page. */
    private static final String PAGE = "/ui/";

    /** The attribute of a request under which the one found out here is handed on. */
    static final String CALLER = Caller.class.getName();

    /** What is counted: the page's own files are not. */
    private static final String API = "/api/";

    private final transient Gate gate;
    private final transient Problems problems;
    private final transient RequestLimits limits;

    @Activate
    public Doorkeeper(@Reference Gate gate, @Reference Problems problems, @Reference RequestLimits limits) {
        this.gate = gate;
        this.problems = problems;
        this.limits = limits;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            requireReadable(request.getQueryString());
            String path = path(request);
            if (!isOpen(path)) {
                Credentials credentials = Credentials.of(request);
                Caller caller = gate.caller(credentials);
                request.setAttribute(CALLER, caller);
                if (path.startsWith(API)) {
                    limits.count(credentials, caller, response::setHeader);
                }
            }
        } catch (RuntimeException e) {
            // Whatever it is, the database being away for one: the container would tell it with all its insides.
            refuse(request, response, e);
            return;
        }
        chain.doFilter(request, response);
    }

    /** Every reader of the parameters would stumble over the same broken escape, also the one who tells the problem. */
    private static void requireReadable(@Nullable String query) {
        try {
            URLDecoder.decode(query == null ? "" : query, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Invalid("query.malformed", Map.of());
        }
    }

    static boolean isOpen(String path) {
        return OPEN.contains(path) || path.startsWith(PAGE);
    }

    /** The path as the container has understood it, decoded and without {@code ..} or parameters; no servlet is chosen yet. */
    private static String path(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path == null ? "" : path;
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, RuntimeException reason)
            throws IOException {
        Map<String, Object> body = problems.describe(reason, Languages.closest(request.getHeader("Accept-Language")));
        response.setStatus((int) body.get("status"));
        problems.headers(reason, body).forEach(response::setHeader);
        response.setContentType(Problems.MEDIA_TYPE);
        response.getOutputStream().write(Json.bytes(body));
    }
}
