// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.custom;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.job.Jobs;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.api.record.Change;
import org.trelliscrm.api.record.Change.FieldChange;
import org.trelliscrm.runtime.custom.Definition.State;
import org.trelliscrm.runtime.data.CustomField;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.feed.ChangeLog;
import org.trelliscrm.runtime.feed.Feed;
import org.trelliscrm.runtime.formula.Formulas;
import org.trelliscrm.runtime.records.TypeRegistry;

/**
 * What administrators do with custom fields: add, change, delete, bring back, remove for good. Each change is one transaction
 * that holds the definition, the column if one is needed, and the entry in the change feed; when the call returns, the
 * field serves on this node.
 */
@Component(service = CustomFields.class)
public class CustomFields {

    /** The type of these rights and of the entries in the change feed. */
    static final String TYPE = "custom_field";

    /** More than any form shows; a table does not get more columns than it can have. */
    private static final int MAX_FIELDS = 100;

    private final DataSource dataSource;
    private final TypeRegistry types;
    private final DefinitionCache cache;
    private final DefinitionChange change;
    private final Feed feed;
    private final Ids ids;
    private final Clock clock;
    private final Jobs jobs;

    @Activate
    public CustomFields(
            @Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource,
            @Reference TypeRegistry types,
            @Reference DefinitionCache cache,
            @Reference Feed feed,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference Jobs jobs) {
        this.dataSource = dataSource;
        this.types = types;
        this.cache = cache;
        this.change = new DefinitionChange(dataSource);
        this.feed = feed;
        this.ids = ids;
        this.clock = clock;
        this.jobs = jobs;
    }

    /** The fields of a type, or of all if none is named, deleted ones too. */
    public List<Map<String, Object>> list(Caller caller, @Nullable String type) {
        require(caller, "read");
        return cache.of(caller.tenant()).stream()
                .filter(one -> type == null || one.type().equals(type))
                .map(one -> one.json(caller.locale()))
                .toList();
    }

    /** One field. */
    public Map<String, Object> get(Caller caller, long id) {
        require(caller, "read");
        return find(cache.of(caller.tenant()), id).json(caller.locale());
    }

    /** Adds a field. */
    public Map<String, Object> create(Caller caller, Map<String, Object> given) {
        require(caller, "create");
        TypeInfo type = types.require(given.get("type") instanceof String name ? name : "")
                .info();
        CustomField field = new DefinitionInput(typeNames()).create(type, ids.next(), given);
        Instant now = now();
        Definition made = change.run((connection, all) -> {
            List<Definition> others = ofType(all, caller.tenant(), type.name());
            others.stream()
                    .filter(one -> one.field().name().equals(field.name()))
                    .findFirst()
                    .ifPresent(one -> {
                        throw new Conflict(
                                one.state() == State.ACTIVE ? "customField.exists" : "customField.existsDeleted",
                                Map.of("name", field.name(), "type", type.name()));
                    });
            if (others.size() >= MAX_FIELDS) {
                throw new Conflict("customField.tooMany", Map.of("max", MAX_FIELDS, "type", type.name()));
            }
            check(field, type, others);
            CustomField placed = Columns.place(connection, field, type.table(), others);
            Definition definition = new Definition(caller.tenant(), type.name(), 1, State.ACTIVE, placed, now, now);
            DefinitionTable.insert(connection, definition);
            log(connection, caller, definition, "create", Map.of());
            return definition;
        });
        done();
        return answer(caller, made, field.isFormula());
    }

    /** What a change would mean, without doing it. */
    public Map<String, Object> preview(Caller caller, long id, Map<String, Object> patch) {
        require(caller, "update");
        Definition before = find(cache.of(caller.tenant()), id);
        CustomField after = new DefinitionInput(typeNames()).change(before, patch);
        return plan(before, after);
    }

    /**
     * Changes a field.
     *
     * @param confirmed whether it is done although records break the new rules
     */
    public Map<String, Object> update(
            Caller caller, long id, Map<String, Object> patch, @Nullable Integer version, boolean confirmed) {
        require(caller, "update");
        boolean[] computed = new boolean[1];
        Definition changed = change.run((connection, all) -> {
            Definition before = find(ofTenant(all, caller.tenant()), id);
            if (version != null && version != before.version()) {
                throw Conflict.stale(TYPE, Ids.toText(id));
            }
            requireState(before, State.ACTIVE);
            CustomField field = new DefinitionInput(typeNames()).change(before, patch);
            check(field, types.require(before.type()).info(), ofType(all, caller.tenant(), before.type()));
            Definition after = before.next(field, State.ACTIVE, now());
            if (after.settings().equals(before.settings())) {
                return before;
            }
            if (!confirmed && stricter(before.field(), field)) {
                long breaking = impact(connection, before).rowsBreaking(field);
                if (breaking > 0) {
                    throw new Conflict("customField.breaks", Map.of("count", breaking));
                }
            }
            DefinitionTable.update(connection, after);
            log(connection, caller, after, "update", before.settings());
            computed[0] = !field.formula().equals(before.field().formula())
                    || field.maxLength() != before.field().maxLength() && field.isFormula();
            return after;
        });
        done();
        return answer(caller, changed, computed[0]);
    }

    private static boolean stricter(CustomField before, CustomField after) {
        return after.required() && !before.required()
                || !Objects.equals(after.min(), before.min())
                || !Objects.equals(after.max(), before.max())
                || after.maxLength() < before.maxLength();
    }

    /** What deleting the field would mean. */
    public Map<String, Object> deletion(Caller caller, long id) {
        require(caller, "delete");
        Definition before = find(cache.of(caller.tenant()), id);
        return plan(before, before.field());
    }

    private Map<String, Object> plan(Definition before, CustomField after) {
        Map<String, Object> plan = new LinkedHashMap<>();
        plan.put("id", Ids.toText(before.id()));
        plan.put("name", before.field().name());
        plan.put(
                "usedBy",
                Formulas.using(
                        types.require(before.type(), before.tenant()).info(),
                        before.field().name()));
        try (Connection connection = dataSource.getConnection()) {
            Impact impact = impact(connection, before);
            plan.put("rowsWithValue", impact.rowsWithValue(before.field()));
            plan.put("rowsBreaking", impact.rowsBreaking(after));
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
        return plan;
    }

    /** Hides a field; its values stay. */
    public void delete(Caller caller, long id, boolean confirmed) {
        require(caller, "delete");
        change.run((connection, all) -> {
            Definition before = find(ofTenant(all, caller.tenant()), id);
            requireState(before, State.ACTIVE);
            // As all nodes have it, not as this one may still remember it.
            TypeInfo type = types.require(before.type())
                    .info()
                    .with(ofType(all, caller.tenant(), before.type()).stream()
                            .map(Definition::field)
                            .toList());
            List<String> using = Formulas.using(type, before.field().name());
            if (!using.isEmpty()) {
                throw new Conflict(
                        "customField.usedBy",
                        Map.of("name", before.field().name(), "fields", String.join(", ", using)));
            }
            long rows = confirmed ? 0 : impact(connection, before).rowsWithValue(before.field());
            if (rows > 0) {
                throw new Conflict("customField.hasValues", Map.of("count", rows));
            }
            return move(connection, caller, before, State.DELETED, "delete");
        });
        done();
    }

    /** Shows a deleted field again, with all its values. */
    public Map<String, Object> restore(Caller caller, long id) {
        require(caller, "delete");
        Definition restored = change.run((connection, all) -> {
            Definition before = find(ofTenant(all, caller.tenant()), id);
            requireState(before, State.DELETED);
            check(
                    before.field().deleted(false),
                    types.require(before.type()).info(),
                    ofType(all, caller.tenant(), before.type()));
            return move(connection, caller, before, State.ACTIVE, "restore");
        });
        done();
        return answer(caller, restored, restored.field().isFormula());
    }

    /** Removes a deleted field and its values for good, by a job; gives the id of the job. */
    public long purge(Caller caller, long id) {
        require(caller, "delete");
        Definition purged = change.run((connection, all) -> {
            Definition before = find(ofTenant(all, caller.tenant()), id);
            if (before.state() == State.PURGED) {
                // A job that was cut short is simply asked for again.
                return before;
            }
            requireState(before, State.DELETED);
            types.require(before.type());
            return move(connection, caller, before, State.PURGED, "purge");
        });
        done();
        return jobs.enqueue(caller, PurgeJob.KIND, Map.of("field", Ids.toText(purged.id())));
    }

    /** The last step of a purge: the columns are empty, others may have them. */
    void forget(Definition purged) {
        change.run((connection, all) -> {
            DefinitionTable.remove(connection, purged);
            return purged;
        });
        done();
    }

    /** A field that is being purged. */
    Optional<Definition> purged(int tenant, long id) {
        return cache.of(tenant).stream()
                .filter(one -> one.id() == id && one.state() == State.PURGED)
                .findFirst();
    }

    private Definition move(Connection connection, Caller caller, Definition before, State state, String verb)
            throws SQLException {
        Definition after = before.next(before.field(), state, now());
        DefinitionTable.update(connection, after);
        log(connection, caller, after, verb, after.settings());
        return after;
    }

    /** Whether a formula can be computed, with all fields of its type as they are then. */
    private static void check(CustomField field, TypeInfo type, List<Definition> others) {
        if (field.isFormula()) {
            List<CustomField> all = new ArrayList<>(others.stream()
                    .map(Definition::field)
                    .filter(other -> other.id() != field.id())
                    .toList());
            all.add(field);
            Formulas.check(type.with(all), field.name());
        }
    }

    /** The field, and the job that computes it for the records that are there. */
    private Map<String, @Nullable Object> answer(Caller caller, Definition definition, boolean computed) {
        Map<String, @Nullable Object> json = definition.json(caller.locale());
        if (computed) {
            json.put(
                    "job",
                    Ids.toText(jobs.enqueue(
                            caller, ComputeJob.KIND, Map.of("type", definition.type(), "rows", rows(definition)))));
        }
        return json;
    }

    private long rows(Definition definition) {
        try (Connection connection = dataSource.getConnection()) {
            return impact(connection, definition).rows();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private void done() {
        Columns.index(dataSource);
        cache.load();
        feed.committed();
    }

    private Impact impact(Connection connection, Definition definition) {
        return new Impact(connection, types.require(definition.type()).info().table(), definition.tenant());
    }

    private void log(
            Connection connection,
            Caller caller,
            Definition definition,
            String verb,
            Map<String, @Nullable Object> before)
            throws SQLException {
        Map<String, @Nullable Object> after = definition.settings();
        Map<String, FieldChange> fields = new LinkedHashMap<>();
        if (before.isEmpty()) {
            fields.put("type", new FieldChange(null, definition.type()));
            fields.put("name", new FieldChange(null, definition.field().name()));
        }
        Map<String, @Nullable Object> all = new HashMap<>(before);
        all.putAll(after);
        all.keySet().stream()
                .sorted()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .forEach(name -> fields.put(name, new FieldChange(before.get(name), after.get(name))));
        Change entry = new Change(
                0, caller.tenant(), TYPE, definition.id(), verb, caller.user(), definition.changedAt(), null, fields);
        ChangeLog.write(connection, ids, List.of(entry));
    }

    private Set<String> typeNames() {
        return types.all().stream().map(TypeInfo::name).collect(Collectors.toSet());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static List<Definition> ofTenant(List<Definition> all, int tenant) {
        return all.stream().filter(one -> one.tenant() == tenant).toList();
    }

    private static List<Definition> ofType(List<Definition> all, int tenant, String type) {
        return ofTenant(all, tenant).stream()
                .filter(one -> one.type().equals(type))
                .toList();
    }

    private static Definition find(List<Definition> own, long id) {
        return own.stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow(() -> new NotFound("customField.notFound", Map.of("id", Ids.toText(id))));
    }

    private static void requireState(Definition definition, State state) {
        if (definition.state() != state) {
            throw new Conflict(
                    definition.state() == State.ACTIVE ? "customField.isActive" : "customField.isDeleted",
                    Map.of("name", definition.field().name()));
        }
    }

    private static void require(Caller caller, String verb) {
        if (!caller.rights().allows(TYPE, verb)) {
            throw Denied.right(TYPE, verb);
        }
    }
}
