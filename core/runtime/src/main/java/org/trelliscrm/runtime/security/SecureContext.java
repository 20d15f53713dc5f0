// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.security;

import java.io.IOException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.http.context.ServletContextHelper;
import org.trelliscrm.api.problem.Problem;
import org.trelliscrm.runtime.security.Gate.Credentials;

/**
 * The context in which servlets and static files behind the sign-in are registered ({@code
 * osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=crm)}). Without this service they do not exist at
 * all, so there is no moment in which they stand open.
 */
@Component(
        service = ServletContextHelper.class,
        scope = ServiceScope.BUNDLE,
        property = {"osgi.http.whiteboard.context.name=crm", "osgi.http.whiteboard.context.path=/"})
public class SecureContext extends ServletContextHelper {

    private final Gate gate;

    @Activate
    public SecureContext(ComponentContext context, @Reference Gate gate) {
        super(context.getUsingBundle());
        this.gate = gate;
    }

    @Override
    public boolean handleSecurity(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            request.setAttribute(
                    REMOTE_USER, gate.caller(Credentials.of(request)).name());
            return true;
        } catch (Problem e) {
            response.sendError(e.status());
            return false;
        }
    }
}
