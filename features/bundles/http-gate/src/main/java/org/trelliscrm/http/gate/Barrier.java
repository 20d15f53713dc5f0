// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.http.gate;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.servlet.DispatcherType;
import javax.servlet.Filter;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.AbstractHandler;

/**
 * Takes each request to the doorkeeper before the web server looks for whoever could answer it, and refuses it while there is
 * no doorkeeper.
 *
 * <p>A filter of the whiteboard cannot do this: it reaches a new context a moment after the context's first servlet, and is
 * missing while it is being replaced.
 */
final class Barrier extends AbstractHandler {

    private final Supplier<Object> doorkeepers;

    /** The supplier gives {@code null} while there is no doorkeeper. */
    Barrier(Supplier<Object> doorkeepers) {
        this.doorkeepers = doorkeepers;
    }

    @Override
    public void handle(String target, Request jettyRequest, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        // What follows later, an asynchronous answer for one, belongs to a request that has passed here already.
        if (request.getDispatcherType() == DispatcherType.REQUEST && !passes(request, response)) {
            jettyRequest.setHandled(true);
        }
    }

    private boolean passes(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Filter doorkeeper = (Filter) doorkeepers.get();
        if (doorkeeper == null) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setHeader("Retry-After", "1");
            return false;
        }
        AtomicBoolean passed = new AtomicBoolean();
        doorkeeper.doFilter(request, response, (further, answer) -> passed.set(true));
        return passed.get();
    }
}
