// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.custom;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.runtime.custom.Definition.State;
import org.trelliscrm.runtime.data.CustomField;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.data.Units;
import org.trelliscrm.runtime.formula.Formulas;
import org.trelliscrm.runtime.records.TypeRegistry;

/**
 * All definitions in memory, and the types made of them: no request reads the table. Own changes are there at once, those of
 * other nodes when the counter is next looked at.
 */
@Component(service = DefinitionCache.class)
public class DefinitionCache {

    private static final Logger LOG = LoggerFactory.getLogger(DefinitionCache.class);
    private static final long POLL_MILLIS = 1000;

    private final DataSource dataSource;
    private final TypeRegistry types;
    private final Units units;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "trellis-fields"));
    private volatile Map<Integer, List<Definition>> tenants = Map.of();
    private long version = -1;

    @Activate
    public DefinitionCache(
            @Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource,
            @Reference TypeRegistry types,
            @Reference Units units) {
        this.dataSource = dataSource;
        this.types = types;
        this.units = units;
    }

    /** Begins to work: the tables are there. */
    public void start() {
        load();
        if (!tenants.isEmpty()) {
            Columns.index(dataSource);
        }
        thread.scheduleWithFixedDelay(this::poll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void stop() {
        // Not interrupted: Derby closes the connection of an interrupted thread.
        thread.shutdown();
    }

    private void poll() {
        try {
            load();
        } catch (DatabaseException e) {
            LOG.debug("definitions of fields are looked at again in a moment: {}", e.getMessage());
        } catch (RuntimeException e) {
            // The schedule ends with the first exception that leaves.
            LOG.error("custom fields could not be read and will be tried again: {}", e.toString());
        }
    }

    /** Takes in what has changed, if anything has. */
    synchronized void load() {
        Map<Integer, List<Definition>> read = new HashMap<>();
        try (Connection connection = dataSource.getConnection()) {
            // Looked at first: what changes after it is seen at the next time.
            long now = DefinitionTable.version(connection);
            if (now == version) {
                return;
            }
            for (Definition definition : DefinitionTable.all(connection)) {
                read.computeIfAbsent(definition.tenant(), any -> new ArrayList<>())
                        .add(definition);
            }
            version = now;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
        // First the columns, then the fields that are in them.
        units.refresh();
        tenants = read;
        types.customise((type, tenant) -> with(type, read.getOrDefault(tenant, List.of())));
    }

    private static TypeInfo with(TypeInfo type, List<Definition> definitions) {
        List<CustomField> fields = definitions.stream()
                .filter(one -> one.type().equals(type.name()) && one.state() != State.PURGED)
                .map(Definition::field)
                .toList();
        if (fields.isEmpty()) {
            return type;
        }
        TypeInfo with = type.with(fields);
        return fields.stream().anyMatch(CustomField::isFormula) ? with.computedBy(Formulas.of(with)) : with;
    }

    /** The fields of a tenant, in the order of their creation. */
    List<Definition> of(int tenant) {
        return tenants.getOrDefault(tenant, List.of());
    }
}
