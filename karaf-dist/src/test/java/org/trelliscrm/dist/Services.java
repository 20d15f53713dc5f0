// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;

/** The services of the framework in which the test runs. */
final class Services {

    /** The framework as the test's own bundle sees it. */
    static final BundleContext CONTEXT = FrameworkUtil.getBundle(Services.class).getBundleContext();

    private Services() {}

    /** Waits for a service. */
    static <S> S await(Class<S> type) {
        return type.cast(await("(" + Constants.OBJECTCLASS + "=" + type.getName() + ")"));
    }

    /** Waits for a service that fits a filter; its class need not be known here. */
    static Object await(String filter) {
        try {
            ServiceTracker<Object, Object> services = new ServiceTracker<>(CONTEXT, CONTEXT.createFilter(filter), null);
            services.open(true);
            try {
                Object service = services.waitForService(Server.PATIENCE.toMillis());
                assertThat(service).as("a service %s", filter).isNotNull();
                return service;
            } finally {
                services.close();
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(filter, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
