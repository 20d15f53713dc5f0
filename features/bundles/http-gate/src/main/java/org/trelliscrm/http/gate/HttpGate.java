// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.http.gate;

import java.lang.System.Logger.Level;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Holds the start of all later bundles until the web server listens. The framework makes it, between the levels of the
 * server and of JAX-RS.
 *
 * <p>Pax Web starts its server in a thread of its own and announces it twice, Aries makes its applications in whichever
 * thread hears of it, and each holds a lock that the other wants: when the core brought its applications at that moment,
 * about one start in ten hung for ever. Behind the gate everything happens in one thread. A bundle activator, because
 * only what runs in it holds the start level.
 *
 * <p>It also puts up the {@link Barrier}: nothing comes before this bundle that could answer a request, and nothing replaces
 * it while others serve.
 */
public final class HttpGate implements BundleActivator {

    /** The first announcement says only "/", the second one real addresses. */
    private static final String LISTENING =
            "(&(objectClass=org.osgi.service.http.runtime.HttpServiceRuntime)(osgi.http.endpoint=http*))";

    private static final String DOORKEEPER = "(objectClass=org.trelliscrm.runtime.rest.Doorkeeper)";

    private static final long PATIENCE = TimeUnit.SECONDS.toMillis(30);

    @Override
    public void start(BundleContext context) throws InvalidSyntaxException, InterruptedException {
        ServiceTracker<Object, Object> doorkeepers =
                new ServiceTracker<>(context, context.createFilter(DOORKEEPER), null);
        doorkeepers.open(true);
        // Pax Web asks handlers of a positive rank before its contexts.
        context.registerService(
                Handler.class,
                new Barrier(doorkeepers::getService),
                new Hashtable<>(Map.of(Constants.SERVICE_RANKING, 1)));
        awaitServer(context);
    }

    private static void awaitServer(BundleContext context) throws InvalidSyntaxException, InterruptedException {
        ServiceTracker<Object, Object> servers = new ServiceTracker<>(context, context.createFilter(LISTENING), null);
        servers.open();
        try {
            if (servers.waitForService(PATIENCE) == null) {
                System.getLogger(HttpGate.class.getName())
                        .log(Level.WARNING, "the web server does not listen; going on without it");
            }
        } finally {
            servers.close();
        }
    }

    @Override
    public void stop(BundleContext context) {}
}
