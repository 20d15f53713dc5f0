// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.module.ActiveModule;

/**
 * Sees to it that there is a {@link FirstUser} before anybody can ask who they are, and says so by the service {@link Done}.
 * In a thread of its own: making it would hold up the start of all other modules, and a database that is away just now is
 * asked again.
 */
@Component(service = {})
public final class FirstStart {

    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);
    private static final int PAUSE_SECONDS = 1;

    private final BundleContext context;
    private final FirstUser firstUser;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(FirstStart::daemon);
    private @Nullable ServiceRegistration<Done> done;
    private boolean stopped;

    /** @param self says that the tables are there */
    @Activate
    public FirstStart(
            BundleContext context,
            @Reference FirstUser firstUser,
            @Reference(target = "(id=access)") ActiveModule self) {
        this.context = context;
        this.firstUser = firstUser;
        thread.scheduleWithFixedDelay(this::attempt, 0, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "crm-first-start");
        thread.setDaemon(true);
        return thread;
    }

    private void attempt() {
        try {
            firstUser.create();
            register();
            thread.shutdown();
        } catch (RuntimeException e) {
            LOG.warn("looking for the first user failed, trying again: {}", e.toString());
        }
    }

    private synchronized void register() {
        if (!stopped) {
            done = context.registerService(Done.class, new Done(), null);
        }
    }

    @Deactivate
    void stop() {
        // Not interrupted: Derby closes the connection of an interrupted thread.
        thread.shutdown();
        synchronized (this) {
            stopped = true;
            if (done != null) {
                done.unregister();
            }
        }
    }

    /** Says that there is a user. */
    static final class Done {}
}
