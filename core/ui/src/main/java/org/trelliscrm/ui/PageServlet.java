// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.ui;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Hands out the web page at {@code /} and its files below {@code /ui/}; answers 404 wherever nobody else does. The page is the
 * same for everybody and open to everybody: whatever is worth protecting comes from {@code /api}, which asks who wants it.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletName("page")
@HttpWhiteboardServletPattern("/")
public class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Nothing from other hosts, nothing inline, no frame around it. */
    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'");

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            // Kept, but never shown without asking whether there is a newer one.
            "Cache-Control", "no-cache");

    private final transient PageFiles files;

    @Activate
    public PageServlet(BundleContext context) {
        files = new PageFiles(context.getBundle());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HEADERS.forEach(response::setHeader);
        Optional<PageFile> file = files.at(address(request));
        boolean withContent = request.getMethod().equals("GET");
        if (file.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (!withContent && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        response.setHeader("ETag", file.get().tag());
        if (file.get().isKnownTo(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(file.get().mediaType());
        response.setContentLength(file.get().content().length);
        if (withContent) {
            response.getOutputStream().write(file.get().content());
        }
    }

    /** As the container has understood it: decoded, and without parameters. */
    private static String address(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return request.getServletPath() + (rest == null ? "" : rest);
    }
}
