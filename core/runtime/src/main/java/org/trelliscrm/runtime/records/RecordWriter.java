// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import javax.persistence.PersistenceException;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.api.problem.Problem;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Change;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.RecordHook;
import org.trelliscrm.api.record.RecordTransaction;
import org.trelliscrm.runtime.data.BaseFields;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.feed.ChangeLog;
import org.trelliscrm.runtime.feed.ChangeSets;
import org.trelliscrm.runtime.filter.FilterSql;
import org.trelliscrm.runtime.records.TypeRegistry.ServingType;

/**
 * One transaction over the records of one module: every write of the engine and of modules passes through {@link #save}.
 * Made for each transaction by {@link RecordService}.
 */
final class RecordWriter implements RecordTransaction {

    private final Parts parts;
    private final EntityManager em;
    private final Caller caller;
    private final Instant now;
    private final LockModeType lock;
    private final Map<BaseRecord, Snapshot> snapshots = new IdentityHashMap<>();
    private final Map<BaseRecord, Predicate<String>> answers = new IdentityHashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Saved> saved = new ArrayList<>();
    private final Map<BaseRecord, Boolean> unsaved = new IdentityHashMap<>();
    private boolean gathering;
    private int saves;

    /**
     * Begins the work of one transaction.
     *
     * @param insistent whether the records that are changed are locked at once, because an earlier try met somebody
     */
    RecordWriter(Parts parts, EntityManager em, Caller caller, Instant now, boolean insistent) {
        this.parts = parts;
        this.em = em;
        this.caller = caller;
        this.now = now;
        this.lock = insistent ? LockModeType.PESSIMISTIC_WRITE : LockModeType.NONE;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public <T extends BaseRecord> Optional<T> find(Class<T> type, long id) {
        return found(type, em.find(type, id));
    }

    @Override
    public <T extends BaseRecord> Optional<T> lock(Class<T> type, long id) {
        return found(type, em.find(type, id, LockModeType.PESSIMISTIC_WRITE));
    }

    private <T extends BaseRecord> Optional<T> found(Class<T> type, @Nullable T record) {
        return Optional.ofNullable(record)
                .filter(one -> one.deletedAt() == null)
                .map(one -> remembered(type, one));
    }

    /** The record, its values noted before anybody changes them. */
    private <T extends BaseRecord> T remembered(Class<? extends BaseRecord> type, T record) {
        if (isGathered(record)) {
            writeOut();
        }
        snapshots.computeIfAbsent(record, one -> Snapshot.of(info(type), one));
        if (gathering) {
            unsaved.put(record, true);
        }
        return record;
    }

    /** From now on what is saved is gathered, and goes to the database together before the next question or the commit. */
    void gather() {
        gathering = true;
    }

    /** How often anything was saved. */
    int saves() {
        return saves;
    }

    /** Drops what was done to records that were read since the last save and have not been saved. */
    void forgetUnsaved() {
        unsaved.keySet().forEach(record -> {
            em.detach(record);
            snapshots.remove(record);
        });
        unsaved.clear();
    }

    /** Reads records together that will be asked for one by one. */
    void load(TypeInfo type, Collection<Long> ids) {
        if (!ids.isEmpty()) {
            em.createQuery(
                            "select r from " + type.javaClass().getSimpleName() + " r where r.id in :ids",
                            type.javaClass())
                    .setParameter("ids", ids)
                    .getResultList();
        }
    }

    /** The record with this id, in the trash or not. */
    Optional<BaseRecord> findAnywhere(TypeInfo type, long id) {
        return Optional.ofNullable((BaseRecord) em.find(type.javaClass(), id, lock))
                .map(record -> remembered(type.javaClass(), record));
    }

    @Override
    public <T extends BaseRecord> List<T> list(Class<T> type, Filter filter, int limit) {
        List<T> records = new ArrayList<>();
        for (long id : ids(info(type), filter, limit)) {
            find(type, id).ifPresent(records::add);
        }
        return records;
    }

    private List<Long> ids(TypeInfo type, Filter filter, int limit) {
        writeOut();
        Sql sql = where("select t.id", type, filter)
                .add(" order by t.id fetch first " + Math.max(1, limit) + " rows only");
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(connection());
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                ids.add(row.getLong(1));
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
        return ids;
    }

    @Override
    public long count(Class<? extends BaseRecord> type, Filter filter) {
        writeOut();
        try (PreparedStatement statement =
                        where("select count(*)", info(type), filter).prepare(connection());
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private Sql where(String start, TypeInfo type, Filter filter) {
        Sql sql = new Sql(start).add(" from " + type.table() + " t where t.tenant_id = ?", caller.tenant());
        sql.add(" and t.deleted_at is null");
        FilterSql.append(filter, type, FilterReach.ofModule(caller, parts.types, now), sql);
        return sql;
    }

    @Override
    public <T extends BaseRecord> T create(T record) {
        TypeInfo type = info(record.getClass());
        Long owner = record.owner() == null ? caller.user() : record.owner();
        record.assign(owner, record.team() == null ? caller.homeTeam() : record.team());
        BaseFields.created(record, parts.ids.next(), caller.user(), now);
        save(type, record, Snapshot.ofNew(type, record), "create");
        return record;
    }

    @Override
    public <T extends BaseRecord> T update(T record) {
        update(record, "update");
        return record;
    }

    /** Saves a record under another name than {@code update}, for example that of an action. */
    void update(BaseRecord record, String verb) {
        if (isGathered(record)) {
            writeOut();
        }
        Snapshot before = snapshots.get(record);
        if (before == null) {
            throw new IllegalStateException("the record was not read through this transaction: " + record);
        }
        save(info(record.getClass()), record, before, verb);
    }

    @Override
    public void trash(BaseRecord record) {
        TypeInfo type = info(record.getClass());
        hooks(type).forEach(hook -> hook.beforeTrash(record, this));
        BaseFields.deleted(record, now);
        update(record, "trash");
    }

    /** Takes a record out of the trash. */
    void restore(BaseRecord record) {
        BaseFields.deleted(record, null);
        update(record, "restore");
    }

    private void save(TypeInfo type, BaseRecord record, Snapshot before, String verb) {
        List<RecordHook<BaseRecord>> hooks = hooks(type);
        if (record.deletedAt() == null) {
            hooks.forEach(hook -> hook.beforeSave(record, before, this));
            type.compute(record);
            checkRules(type, record, before);
            checkUnique(type, record, before);
        }
        if (!before.isNew() && before.fields().isEmpty()) {
            return;
        }
        BaseFields.updated(record, caller.user(), now);
        write(new Saved(type, record, before, verb, hooks));
    }

    /** Computes the formulas of a record anew; nobody has edited it, so neither hooks nor rules are asked. */
    void recompute(TypeInfo type, long id) {
        findAnywhere(type, id).ifPresent(record -> {
            Snapshot before = Objects.requireNonNull(snapshots.get(record));
            type.compute(record);
            if (!before.fields().isEmpty()) {
                write(new Saved(type, record, before, "compute", List.of()));
            }
        });
    }

    /** Writes the row, what is found elsewhere about it, and the change; now, or together with others. */
    private void write(Saved one) {
        if (one.before.isNew()) {
            em.persist(one.record);
        }
        saves++;
        unsaved.remove(one.record);
        saved.add(one);
        if (!gathering) {
            writeOut();
        }
    }

    private boolean isGathered(BaseRecord record) {
        return saved.stream().anyMatch(one -> one.record == record);
    }

    /** Brings what was saved to the database, its index and the change feed; what hooks save thereupon too. */
    private void writeOut() {
        try {
            writeSaved();
        } catch (Problem e) {
            throw gathering ? new Spoilt(e) : e;
        }
    }

    private void writeSaved() {
        while (!saved.isEmpty()) {
            List<Saved> now = List.copyOf(saved);
            saved.clear();
            flush(now);
            index(now);
            now.forEach(this::note);
            now.forEach(one -> {
                if (one.record.deletedAt() == null) {
                    one.hooks.forEach(hook -> hook.afterSave(one.record, one.before, this));
                }
            });
        }
    }

    private void index(List<Saved> records) {
        RecordIndex index = new RecordIndex(caller.tenant());
        for (Saved one : records) {
            index.lists(one.type, one.record, one.before);
            if (one.record.deletedAt() == null) {
                index.timeline(one.type, one.record, one.before.isNew());
            } else {
                index.removeFromTimelines(Objects.requireNonNull(one.record.id()));
            }
        }
        try {
            index.write(connection());
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private void note(Saved one) {
        changes.add(new Change(
                0,
                caller.tenant(),
                one.type.name(),
                Objects.requireNonNull(one.record.id()),
                one.verb,
                caller.user(),
                now,
                ChangeSets.current(),
                one.before.fieldChanges()));
        snapshots.put(one.record, Snapshot.of(one.type, one.record));
    }

    /** Says which fields the caller answers for: those custom ones that are required must be among them. */
    void answersFor(BaseRecord record, Predicate<String> fields) {
        answers.put(record, fields);
    }

    /** A module cannot know of custom fields, so what it writes by itself need not have them. */
    private boolean mustHave(FieldInfo field, BaseRecord record) {
        return field.required()
                && (field.custom() == null
                        || answers.getOrDefault(record, any -> false).test(field.name()));
    }

    /** The rules of the annotations, for what changed, whoever wrote it: a caller, a hook or an action. */
    private void checkRules(TypeInfo type, BaseRecord record, Snapshot before) {
        Invalid.Collector problems = new Invalid.Collector();
        for (FieldInfo field : type.fields()) {
            Object json = field.json(record);
            if (json == null || json instanceof List<?> list && list.isEmpty()) {
                if (mustHave(field, record)) {
                    problems.add(field.name(), "field.required");
                }
            } else if (before.has(field.name())) {
                field.type().fromJson(json, field.name(), problems);
                field.checkChange(before.jsonBefore(field.name()), json, problems);
            }
        }
        problems.throwIfAny();
    }

    /**
     * Looks whether a unique value is taken already. The database refuses it too, for whoever comes at the same moment; but
     * not Derby where the column may be empty and the value was this record's own before.
     */
    private void checkUnique(TypeInfo type, BaseRecord record, Snapshot before) {
        Invalid.Collector problems = new Invalid.Collector();
        for (FieldInfo field : type.fields()) {
            Object value = field.unique() && before.has(field.name()) ? field.get(record) : null;
            if (value != null && isTaken(type, field, value, record)) {
                problems.add(
                        field.name(),
                        "field.notUnique",
                        Map.of("value", field.type().toJson(value)));
            }
        }
        problems.throwIfAny();
    }

    private boolean isTaken(TypeInfo type, FieldInfo field, Object value, BaseRecord record) {
        Long own = record.id();
        return ids(type, Filter.eq(field.name(), value), 2).stream().anyMatch(id -> !id.equals(own));
    }

    private void flush(List<Saved> records) {
        try {
            em.flush();
        } catch (PersistenceException e) {
            // Of several nobody knows which one it is.
            if (records.size() == 1 && DatabaseException.isDuplicate(e)) {
                throw notUnique(records.get(0).type, records.get(0).record);
            }
            throw e;
        }
    }

    private static Invalid notUnique(TypeInfo type, BaseRecord record) {
        Invalid.Collector problems = new Invalid.Collector();
        for (FieldInfo field : type.fields()) {
            Object value = field.unique() ? field.json(record) : null;
            if (value != null) {
                problems.add(field.name(), "field.notUnique", Map.of("value", value));
            }
        }
        problems.throwIfAny();
        throw new IllegalStateException(type.name() + " has a unique index over a field that is not marked unique");
    }

    private List<RecordHook<BaseRecord>> hooks(TypeInfo type) {
        ServingType serving = parts.types.require(type.javaClass());
        List<RecordHook<BaseRecord>> hooks = parts.behaviour.hooks(type.javaClass());
        if (hooks.size() < serving.hooks()) {
            // The module is going this very moment; without its rules nothing may be written.
            throw new NotFound("module.gone", Map.of("module", type.module()));
        }
        return hooks;
    }

    private TypeInfo info(Class<? extends BaseRecord> type) {
        return parts.types.require(type, caller.tenant()).info();
    }

    Connection connection() {
        return em.unwrap(Connection.class);
    }

    /** Writes the change feed: the last thing before the commit. Tells whether there is anything new. */
    boolean finish() {
        writeOut();
        // All is in the database; the commit need not look at each record again.
        em.clear();
        if (changes.isEmpty()) {
            return false;
        }
        try {
            ChangeLog.write(connection(), parts.ids, changes);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
        return true;
    }

    /** A record was refused after a part of it had been gathered with others: all of them must be undone together. */
    static final class Spoilt extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Spoilt(Problem reason) {
            super(reason);
        }

        Problem reason() {
            return (Problem) getCause();
        }
    }

    /** A record that was saved and is on its way to the database. */
    private record Saved(
            TypeInfo type, BaseRecord record, Snapshot before, String verb, List<RecordHook<BaseRecord>> hooks) {}

    /** What every transaction needs. */
    record Parts(TypeRegistry types, Behaviour behaviour, Ids ids) {}
}
