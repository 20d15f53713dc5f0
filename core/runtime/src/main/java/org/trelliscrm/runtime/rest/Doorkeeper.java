// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.ServletException;
import javax.servlet.http.HttpFilter;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardFilterAsyncSupported;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardFilterName;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardFilterPattern;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.security.Gate;
import org.trelliscrm.runtime.security.Gate.Credentials;

/**
 * Asks for credentials in front of every servlet and every JAX-RS application, also of bundles that brought them without a
 * thought of security. What is open is named here and nowhere else. The core's own ways in ask by themselves where this
 * filter has not, so that they are closed even in the moment in which it is being replaced.
 */
@Component(service = Filter.class)
@HttpWhiteboardFilterName("doorkeeper")
@HttpWhiteboardFilterAsyncSupported
@HttpWhiteboardFilterPattern("/*")
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=*)")
public class Doorkeeper extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** The state of the system, signing in, and the page itself, which holds no data. */
    private static final Set<String> OPEN = Set.of("/health", "/api/session", "/api/session/password", "/");

    /** The files of the page. */
    private static final String PAGE = "/ui/";

    /** The attribute of a request under which the one found out here is handed on. */
    static final String CALLER = Caller.class.getName();

    private final transient Gate gate;
    private final transient Problems problems;

    @Activate
    public Doorkeeper(@Reference Gate gate, @Reference Problems problems) {
        this.gate = gate;
        this.problems = problems;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            requireReadable(request.getQueryString());
            if (!isOpen(path(request))) {
                request.setAttribute(CALLER, gate.caller(Credentials.of(request)));
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

    /** The path as the container has understood it, decoded and without {@code ..} or parameters. */
    private static String path(HttpServletRequest request) {
        String info = request.getPathInfo();
        return request.getContextPath() + request.getServletPath() + (info == null ? "" : info);
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
