// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.modules;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.module.ActiveModule;
import org.trelliscrm.api.record.RecordAction;
import org.trelliscrm.api.record.RecordHook;
import org.trelliscrm.api.record.RecordType;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Migrations;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.data.Unit;
import org.trelliscrm.runtime.data.Units;
import org.trelliscrm.runtime.records.Behaviour;
import org.trelliscrm.runtime.records.TypeRegistry;
import org.trelliscrm.runtime.records.TypeRegistry.ServingType;
import org.trelliscrm.runtime.texts.Texts;

/** One module between the start and the stop of its bundle. */
public final class ModuleLife implements ActiveModule {

    private static final Logger LOG = LoggerFactory.getLogger(ModuleLife.class);

    /** Half a minute in steps of the extender. */
    private static final int MAX_WAITS = 1500;

    private final String id;
    private final Bundle bundle;
    private final Parts parts;
    private final CompletableFuture<@Nullable Throwable> outcome = new CompletableFuture<>();
    private int waits;
    private boolean migrated;
    private boolean ended;
    private @Nullable Unit unit;
    private @Nullable ServiceRegistration<ActiveModule> registration;

    ModuleLife(String id, Bundle bundle, Parts parts) {
        this.id = id;
        this.bundle = bundle;
        this.parts = parts;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String version() {
        return bundle.getVersion().toString();
    }

    /**
     * Lets the module serve.
     *
     * @return {@code false} if its hooks and actions are not all there yet and it must be tried again
     */
    synchronized boolean begin() {
        if (ended || outcome.isDone()) {
            return true;
        }
        if (!migrated) {
            parts.migrations.migrate(id, bundle);
            migrated = true;
        }
        // Without its hooks the module's rules would not hold, not even for its first request.
        if (!componentsReady()) {
            return false;
        }
        List<TypeInfo> types = types();
        parts.texts.add(bundle);
        if (!types.isEmpty()) {
            Unit opened = parts.units.open(id, bundle, types);
            unit = opened;
            remember(types);
            parts.types.add(types.stream()
                    .map(type -> new ServingType(
                            type,
                            opened,
                            parts.behaviour.hooks(type.javaClass()).size()))
                    .toList());
        }
        registration = FrameworkUtil.getBundle(ModuleLife.class)
                .getBundleContext()
                .registerService(ActiveModule.class, this, new Hashtable<>(Map.of("id", id)));
        outcome.complete(null);
        LOG.info("module {} {} serves", id, version());
        return true;
    }

    /** Whether its hooks and actions have had their time to start. */
    synchronized boolean waitedTooLong() {
        return ++waits > MAX_WAITS;
    }

    private List<TypeInfo> types() {
        List<TypeInfo> types = new ArrayList<>();
        for (BundleCapability record : bundle.adapt(BundleWiring.class).getCapabilities(RecordType.NAMESPACE)) {
            String name = (String) record.getAttributes().get("class");
            try {
                types.add(new TypeInfo(id, bundle.loadClass(name)));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("the record type " + name + " is not in the bundle", e);
            }
        }
        return types;
    }

    private boolean componentsReady() {
        for (ComponentDescriptionDTO component : parts.components.getComponentDescriptionDTOs(bundle)) {
            List<String> services = Arrays.asList(component.serviceInterfaces);
            boolean rules =
                    services.contains(RecordHook.class.getName()) || services.contains(RecordAction.class.getName());
            if (rules
                    && parts.components.getComponentConfigurationDTOs(component).stream()
                            .noneMatch(ModuleLife::isSatisfied)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSatisfied(ComponentConfigurationDTO configuration) {
        return configuration.state == ComponentConfigurationDTO.SATISFIED
                || configuration.state == ComponentConfigurationDTO.ACTIVE;
    }

    /** Notes who brought each type, so that what it leaves behind can be told apart when it has gone. */
    private void remember(List<TypeInfo> types) {
        try (Connection connection = parts.dataSource.getConnection()) {
            for (TypeInfo type : types) {
                int known = new Sql("update known_type set module_id = ?, version = ? where name = ?")
                        .add("", id, version(), type.name())
                        .execute(connection);
                if (known == 0) {
                    new Sql("insert into known_type (module_id, version, name) values (?, ?, ?)")
                            .add("", id, version(), type.name())
                            .execute(connection);
                }
            }
        } catch (SQLException e) {
            // Another node that starts the same module at the same moment has noted the same.
            if (!DatabaseException.isDuplicate(e)) {
                throw new DatabaseException(e);
            }
        }
    }

    /** It cannot serve, and why. */
    synchronized void fail(Throwable reason) {
        withdraw();
        outcome.complete(reason);
    }

    /** The bundle stops: nothing new begins, what has begun is finished. */
    synchronized void end() {
        ended = true;
        withdraw();
        outcome.complete(new IllegalStateException("the bundle has stopped"));
    }

    private void withdraw() {
        if (registration != null) {
            registration.unregister();
            registration = null;
        }
        parts.types.remove(id);
        parts.behaviour.forget();
        if (unit != null) {
            unit.close();
            unit = null;
        }
        parts.texts.remove(bundle);
    }

    /** Whether it has begun to serve or has failed. */
    boolean isSettled() {
        return outcome.isDone();
    }

    /** Why it does not serve, {@code null} if it does; waits until that is known. */
    @Nullable
    Throwable await(long seconds) {
        try {
            return outcome.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return new IllegalStateException("not ready after " + seconds + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    /** What the runtime offers to the life of a module. */
    @Component(service = Parts.class)
    public static class Parts {

        private final Migrations migrations;
        private final Units units;
        private final TypeRegistry types;
        private final Behaviour behaviour;
        private final Texts texts;
        private final ServiceComponentRuntime components;
        private final DataSource dataSource;

        @Activate
        public Parts(
                @Reference Migrations migrations,
                @Reference Units units,
                @Reference TypeRegistry types,
                @Reference Behaviour behaviour,
                @Reference Texts texts,
                @Reference ServiceComponentRuntime components,
                @Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource) {
            this.migrations = migrations;
            this.units = units;
            this.types = types;
            this.behaviour = behaviour;
            this.texts = texts;
            this.components = components;
            this.dataSource = dataSource;
        }
    }
}
