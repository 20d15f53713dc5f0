// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.once;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.module.ActiveModule;
import org.trelliscrm.runtime.data.DatabaseException;

/** Forgets idempotency keys a day after their use: once an hour, on each node, which does no harm. */
@Component(immediate = true, service = OnceSweep.class)
public class OnceSweep {

    private static final Logger LOG = LoggerFactory.getLogger(OnceSweep.class);

    private final ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "crm-once-sweep");
        thread.setDaemon(true);
        return thread;
    });

    /** @param tables says that the table is there */
    @Activate
    public OnceSweep(@Reference(target = "(id=core)") ActiveModule tables, @Reference OnceOnly once) {
        time.scheduleWithFixedDelay(() -> sweep(once), 15, 60, TimeUnit.MINUTES);
    }

    // An exception would end the schedule for ever; a database that is away comes back.
    private static void sweep(OnceOnly once) {
        try {
            once.sweep();
        } catch (DatabaseException e) {
            LOG.warn("old idempotency keys could not be removed, trying again in an hour: {}", e.toString());
        }
    }

    @Deactivate
    void stop() {
        // Never interrupted: Derby closes its files when a thread is interrupted while it reads them.
        time.shutdown();
    }
}
