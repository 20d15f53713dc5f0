// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.trelliscrm.runtime.modules.ModuleExtender;
import org.trelliscrm.runtime.security.Gate;

/** {@code GET /health}: 200 when people can work, 503 when not; open to all and therefore without details. */
@Component(service = Servlet.class)
@HttpWhiteboardServletName("health")
@HttpWhiteboardServletPattern("/health")
public class Health extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int SECONDS_FOR_DATABASE = 2;

    private final transient DataSource dataSource;
    private final transient Gate gate;
    private final transient ModuleExtender modules;

    @Activate
    public Health(
            @Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource,
            @Reference Gate gate,
            @Reference ModuleExtender modules) {
        this.dataSource = dataSource;
        this.gate = gate;
        this.modules = modules;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean up = gate.isReady() && modules.isSettled() && databaseAnswers();
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream()
                .write((up ? "{\"status\":\"up\"}" : "{\"status\":\"down\"}").getBytes(StandardCharsets.UTF_8));
    }

    private boolean databaseAnswers() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(SECONDS_FOR_DATABASE);
        } catch (SQLException e) {
            return false;
        }
    }
}
