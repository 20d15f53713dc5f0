// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.core.Application;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.http.context.ServletContextHelper;

/** What a module might bring that has never heard of security: each kind of address that the whiteboards know. */
final class Careless implements AutoCloseable {

    /** What nobody unknown may read. */
    static final String SECRET = "careless secret";

    /** Where it can be asked for. */
    static final List<String> PATHS = List.of(
            "/careless/servlet",
            "/careless-context/servlet",
            "/api/x/default/careless-resource",
            "/careless-application/resource");

    private static final String CONTEXT = "osgi.http.whiteboard.context.";

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    Careless() {
        servlet("careless-default", "/careless/servlet", Map.of());
        register(
                ServletContextHelper.class,
                new ServletContextHelper() {},
                Map.of(CONTEXT + "name", "careless", CONTEXT + "path", "/careless-context"));
        servlet("careless-own", "/servlet", Map.of(CONTEXT + "select", "(" + CONTEXT + "name=careless)"));
        register(Object.class, new DefaultResource(), Map.of("osgi.jaxrs.resource", true));
        register(
                Application.class,
                new OwnApplication(),
                Map.of("osgi.jaxrs.application.base", "/careless-application", "osgi.jaxrs.name", "careless"));
    }

    private void servlet(String name, String pattern, Map<String, String> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("osgi.http.whiteboard.servlet.name", name);
        properties.put("osgi.http.whiteboard.servlet.pattern", pattern);
        register(Servlet.class, new OpenServlet(), properties);
    }

    private <S> void register(Class<S> type, S service, Map<String, ?> properties) {
        Dictionary<String, Object> dictionary = new Hashtable<>(properties);
        registrations.add(Services.CONTEXT.registerService(type, service, dictionary));
    }

    @Override
    public void close() {
        registrations.forEach(ServiceRegistration::unregister);
    }

    private static final class OpenServlet extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(SECRET);
        }
    }

    /** A resource for whichever application takes it. */
    @Path("/careless-resource")
    public static final class DefaultResource {

        @GET
        public String tell() {
            return SECRET;
        }
    }

    /** A resource of an own application. */
    @Path("/resource")
    public static final class OwnResource {

        @GET
        public String tell() {
            return SECRET;
        }
    }

    private static final class OwnApplication extends Application {

        @Override
        public Set<Object> getSingletons() {
            return Set.of(new OwnResource());
        }
    }
}
