// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.modules;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.features.BootFinished;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.module.ActiveModule;

/**
 * Brings this node to the modules that are wanted, once the boot is over and the core's people are known. A node that was
 * wiped, or whose last operation was cut short, mends itself at the next start.
 */
@Component(service = Reconciler.class, immediate = true)
public class Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final int RETRY_SECONDS = 5;

    private final ModuleManager modules;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "trellis-reconciler"));

    @Activate
    public Reconciler(
            @Reference ModuleManager modules,
            @Reference BootFinished boot,
            @Reference(target = "(id=access)") ActiveModule core) {
        this.modules = modules;
        thread.execute(this::reconcile);
    }

    @Deactivate
    void stop() {
        // Not interrupted: Derby closes the connection of an interrupted thread.
        thread.shutdown();
    }

    private void reconcile() {
        try {
            modules.reconcile();
        } catch (RuntimeException e) {
            LOG.warn("the wanted modules cannot be compared yet: {}", e.toString());
            thread.schedule(this::reconcile, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }
}
