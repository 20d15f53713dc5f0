// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.modules;

import java.util.Collection;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.module.ActiveModule;
import org.trelliscrm.api.module.Module;
import org.trelliscrm.runtime.custom.DefinitionCache;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Migrations;
import org.trelliscrm.runtime.feed.Feed;

/**
 * Brings modules to life when their bundles start, and takes them back when they stop. What a module contributes is data in
 * its bundle, read here; it is there as a whole or not at all. One module at a time, on a thread of its own, so that neither a
 * slow migration nor a database that is away holds up the framework.
 */
@Component(service = ModuleExtender.class, immediate = true)
@Capability(namespace = Module.RUNTIME, version = "1.0.0")
public class ModuleExtender implements BundleTrackerCustomizer<ModuleLife> {

    private static final Logger LOG = LoggerFactory.getLogger(ModuleExtender.class);
    private static final String CORE = "core";
    private static final int RETRY_MILLIS = 2000;
    private static final int COMPONENT_CHECK_MILLIS = 20;

    private final BundleContext context;
    private final Migrations migrations;
    private final Feed feed;
    private final DefinitionCache fields;
    private final ModuleLife.Parts parts;
    private final Map<Bundle, ModuleLife> lives = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "trellis-modules"));
    private volatile @Nullable BundleTracker<ModuleLife> tracker;

    @Activate
    public ModuleExtender(
            BundleContext context,
            @Reference Migrations migrations,
            @Reference Feed feed,
            @Reference DefinitionCache fields,
            @Reference ModuleLife.Parts parts) {
        this.context = context;
        this.migrations = migrations;
        this.feed = feed;
        this.fields = fields;
        this.parts = parts;
        thread.execute(this::begin);
    }

    @Deactivate
    void stop() {
        // Not interrupted: Derby closes the connection of an interrupted thread.
        thread.shutdown();
        BundleTracker<ModuleLife> open = tracker;
        if (open != null) {
            open.close();
        }
    }

    /** The core's own tables first; without them nothing can begin. */
    private void begin() {
        try {
            migrations.migrate(CORE, context.getBundle());
            fields.start();
        } catch (DatabaseException e) {
            LOG.warn("waiting for the database: {}", e.getMessage());
            again(this::begin, RETRY_MILLIS);
            return;
        } catch (RuntimeException e) {
            LOG.error("the core's tables cannot be migrated; nothing will serve", e);
            return;
        }
        feed.start();
        context.registerService(ActiveModule.class, new CoreTables(), new Hashtable<>(Map.of("id", CORE)));
        BundleTracker<ModuleLife> bundles = new BundleTracker<>(context, Bundle.ACTIVE, this);
        bundles.open();
        tracker = bundles;
    }

    private void again(Runnable task, int millis) {
        try {
            thread.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopping; nothing is tried again");
        }
    }

    @Override
    public @Nullable ModuleLife addingBundle(Bundle bundle, @Nullable BundleEvent event) {
        String id = moduleId(bundle);
        if (id == null) {
            return null;
        }
        ModuleLife life = new ModuleLife(id, bundle, parts);
        lives.put(bundle, life);
        again(() -> activate(life), 0);
        return life;
    }

    @Override
    public void modifiedBundle(Bundle bundle, BundleEvent event, ModuleLife life) {
        // only one state is tracked
    }

    @Override
    public void removedBundle(Bundle bundle, @Nullable BundleEvent event, ModuleLife life) {
        lives.remove(bundle, life);
        life.end();
    }

    private void activate(ModuleLife life) {
        try {
            if (!life.begin()) {
                if (life.waitedTooLong()) {
                    throw new IllegalStateException("its hooks or actions do not start; see the log");
                }
                again(() -> activate(life), COMPONENT_CHECK_MILLIS);
            }
        } catch (DatabaseException e) {
            LOG.warn("module {} waits for the database: {}", life.id(), e.getMessage());
            again(() -> activate(life), RETRY_MILLIS);
        } catch (RuntimeException | LinkageError e) {
            // A module's mistake stops that module alone.
            LOG.error("module {} cannot serve: {}", life.id(), e.toString(), e);
            life.fail(e);
        }
    }

    private static @Nullable String moduleId(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        Collection<BundleCapability> found = wiring.getCapabilities(Module.NAMESPACE);
        return found.isEmpty()
                ? null
                : (String) found.iterator().next().getAttributes().get("id");
    }

    /** The life of a module that is installed now. */
    public Optional<ModuleLife> life(String id) {
        return lives.values().stream().filter(life -> life.id().equals(id)).findFirst();
    }

    /** Whether every installed module has either begun to serve or failed. */
    public boolean isSettled() {
        return tracker != null && lives.values().stream().allMatch(ModuleLife::isSettled);
    }

    /** Says to the runtime's own parts that their tables are there, in the same way as to modules. */
    private final class CoreTables implements ActiveModule {

        @Override
        public String id() {
            return CORE;
        }

        @Override
        public String version() {
            return context.getBundle().getVersion().toString();
        }
    }
}
