// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import javax.persistence.OptimisticLockException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.ListQuery;
import org.trelliscrm.api.record.Page;
import org.trelliscrm.api.record.RecordAction;
import org.trelliscrm.api.record.RecordTransaction;
import org.trelliscrm.api.record.Records;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.feed.Feed;
import org.trelliscrm.runtime.once.Claim;
import org.trelliscrm.runtime.records.TypeRegistry.ServingType;

/** The record engine: asks for the right, opens the transaction, and lets {@link RecordReader} or {@link RecordWriter} do it. */
@Component(service = {Records.class, BulkRecords.class, RecordService.class})
public class RecordService implements Records, BulkRecords {

    /** How often a transaction that ran into another one is tried. */
    private static final int TRIES = 4;

    private final TypeRegistry types;
    private final Behaviour behaviour;
    private final RecordReader reader;
    private final References references;
    private final Feed feed;
    private final Clock clock;
    private final RecordWriter.Parts parts;

    @Activate
    public RecordService(
            @Reference TypeRegistry types,
            @Reference Behaviour behaviour,
            @Reference RecordReader reader,
            @Reference References references,
            @Reference Feed feed,
            @Reference Ids ids,
            @Reference Clock clock) {
        this.types = types;
        this.behaviour = behaviour;
        this.reader = reader;
        this.references = references;
        this.feed = feed;
        this.clock = clock;
        parts = new RecordWriter.Parts(types, behaviour, ids);
    }

    @Override
    public boolean has(String type) {
        return types.name(type).isPresent();
    }

    @Override
    public Map<String, Object> get(Caller caller, String type, long id) {
        return get(caller, type, id, false, List.of());
    }

    /** One record, from the trash or not, its named references shown with their titles. */
    public Map<String, Object> get(Caller caller, String type, long id, boolean trash, List<String> expand) {
        Scope scope = RowAccess.require(caller, type, "read");
        return reader.get(caller, types.require(type, caller.tenant()), id, scope, trash, expand)
                .orElseThrow(() -> NotFound.record(type, Ids.toText(id)));
    }

    @Override
    public Page list(Caller caller, ListQuery query) {
        return list(caller, query, "read");
    }

    /** One page of the records that a right reaches, {@code read} or {@code export}; never more than may be read. */
    public Page list(Caller caller, ListQuery query, String verb) {
        Scope read = RowAccess.require(caller, query.type(), "read");
        Scope asked = RowAccess.require(caller, query.type(), verb);
        return reader.list(
                caller, types.require(query.type(), caller.tenant()), query, read.compareTo(asked) < 0 ? read : asked);
    }

    @Override
    public List<Map<String, Object>> find(Caller caller, String type, String path, Collection<Object> values) {
        return reader.find(
                caller, types.require(type, caller.tenant()), path, values, RowAccess.require(caller, type, "read"));
    }

    @Override
    public Map<String, Object> create(Caller caller, String type, Map<String, Object> values) {
        RowAccess.require(caller, type, "create");
        ServingType serving = writable(caller, type);
        return writeOnce(caller, serving, writer -> create(caller, serving, values, writer));
    }

    Map<String, Object> create(Caller caller, ServingType serving, Map<String, Object> values, RecordWriter writer) {
        TypeInfo type = serving.info();
        Scope scope = RowAccess.require(caller, type.name(), "create");
        BaseRecord record = type.newRecord();
        new Input(caller, type, references).apply(values, record, null, writer.connection());
        writer.answersFor(record, field -> true);
        writer.create(record);
        if (!RowAccess.reaches(caller, scope, record)) {
            throw Denied.because("access.notYours", Map.of("type", type.name()));
        }
        return shown(caller, type, record);
    }

    @Override
    public Map<String, Object> update(
            Caller caller, String type, long id, Map<String, Object> patch, @Nullable Integer version) {
        ServingType serving = writable(caller, type);
        return write(caller, serving, writer -> update(caller, serving, id, patch, version, writer));
    }

    Map<String, Object> update(
            Caller caller,
            ServingType serving,
            long id,
            Map<String, Object> patch,
            @Nullable Integer version,
            RecordWriter writer) {
        BaseRecord record = reachable(caller, serving.info(), id, "update", version, writer);
        Snapshot before = Snapshot.of(serving.info(), record);
        new Input(caller, serving.info(), references).apply(patch, record, before, writer.connection());
        writer.answersFor(record, patch::containsKey);
        writer.update(record);
        return shown(caller, serving.info(), record);
    }

    @Override
    public <R> R inBatch(Caller caller, String type, Function<Batch, R> work) {
        ServingType serving = writable(caller, type);
        try {
            return write(caller, serving, writer -> work.apply(new RecordBatch(this, caller, serving, writer)));
        } catch (RecordWriter.Spoilt e) {
            throw e.reason();
        }
    }

    /** One record as it is within a transaction. */
    Map<String, Object> get(Caller caller, ServingType serving, long id, RecordWriter writer) {
        return shown(caller, serving.info(), reachable(caller, serving.info(), id, "read", null, writer));
    }

    @Override
    public void trash(Caller caller, String type, long id, @Nullable Integer version) {
        ServingType serving = writable(caller, type);
        write(caller, serving, writer -> {
            writer.trash(reachable(caller, serving.info(), id, "delete", version, writer));
            return true;
        });
    }

    @Override
    public Map<String, Object> restore(Caller caller, String type, long id) {
        ServingType serving = writable(caller, type);
        Scope scope = RowAccess.require(caller, type, "delete");
        return writeOnce(caller, serving, writer -> {
            BaseRecord record = writer.findAnywhere(serving.info(), id)
                    .filter(one -> RowAccess.reaches(caller, scope, one))
                    .orElseThrow(() -> NotFound.record(type, Ids.toText(id)));
            writer.restore(record);
            return shown(caller, serving.info(), record);
        });
    }

    @Override
    public ActionResult act(
            Caller caller, String type, long id, String name, Map<String, Object> input, @Nullable Integer version) {
        ServingType serving = types.require(type, caller.tenant());
        RecordAction<BaseRecord> action = behaviour
                .action(serving.info().javaClass(), name)
                .orElseThrow(() -> new NotFound("action.unknown", Map.of("action", name, "type", type)));
        Map<String, Object> checked = ActionInput.check(action.parameters(), input);
        return writeOnce(caller, serving, writer -> {
            BaseRecord record = reachable(caller, serving.info(), id, name, version, writer);
            Map<String, Object> result = action.run(record, checked, writer);
            writer.update(record, name);
            return new ActionResult(shown(caller, serving.info(), record), result);
        });
    }

    /**
     * Takes back what a change set did to one record.
     *
     * @param onlyLook whether to tell only what would happen
     */
    public PutBack.Result putBack(Caller caller, PutBack putBack, boolean onlyLook) {
        ServingType serving = types.require(putBack.type(), caller.tenant());
        return write(caller, serving, writer -> putBack.apply(serving.info(), writer, onlyLook));
    }

    @Override
    public <R> R inTransaction(Caller caller, Class<? extends BaseRecord> type, Function<RecordTransaction, R> work) {
        return write(caller, types.require(type, caller.tenant()), work::apply);
    }

    /**
     * Computes the formulas of some records anew, in the order of their ids.
     *
     * @param after the last id of the records before
     * @return the last id, or 0 if there are no more
     */
    public long recompute(int tenant, String type, long after, int limit) {
        ServingType serving = types.require(type, tenant);
        List<Long> ids = reader.ids(serving, tenant, after, limit);
        write(Caller.system(tenant), serving, writer -> {
            ids.forEach(id -> writer.recompute(serving.info(), id));
            return true;
        });
        return ids.size() < limit ? 0 : ids.get(ids.size() - 1);
    }

    private ServingType writable(Caller caller, String type) {
        ServingType serving = types.require(type, caller.tenant());
        if (serving.info().generated()) {
            throw Denied.because("type.generated", Map.of("type", type));
        }
        return serving;
    }

    /** The record, if the caller may read it at all, may do this with it, and has seen its present version. */
    private BaseRecord reachable(
            Caller caller, TypeInfo type, long id, String verb, @Nullable Integer version, RecordWriter writer) {
        Scope read = RowAccess.require(caller, type.name(), "read");
        Scope scope = RowAccess.require(caller, type.name(), verb);
        BaseRecord record = writer.findAnywhere(type, id)
                .filter(one -> one.deletedAt() == null && RowAccess.reaches(caller, read, one))
                .orElseThrow(() -> NotFound.record(type.name(), Ids.toText(id)));
        if (!RowAccess.reaches(caller, scope, record)) {
            throw Denied.because("access.notYours", Map.of("type", type.name()));
        }
        if (version != null && version != record.version()) {
            throw Conflict.stale(type.name(), Ids.toText(id));
        }
        return record;
    }

    /** As {@link #write}, and the idempotency key of the request, if it has one, is done with it. */
    private <R> R writeOnce(Caller caller, ServingType serving, Function<RecordWriter, R> work) {
        Claim claim = Claim.take();
        if (claim == null) {
            return write(caller, serving, work);
        }
        R result = write(caller, serving, writer -> {
            R answer = work.apply(writer);
            Map<?, ?> record = answer instanceof ActionResult done ? done.record() : (Map<?, ?>) answer;
            long id = Ids.fromText((String) record.get("id")).orElseThrow();
            claim.done(writer.connection(), serving.info().name(), id, clock.instant());
            return answer;
        });
        claim.committed();
        return result;
    }

    private <R> R write(Caller caller, ServingType serving, Function<RecordWriter, R> work) {
        for (int attempt = 1; ; attempt++) {
            boolean insistent = attempt > 1;
            try {
                boolean[] changed = new boolean[1];
                R result = serving.unit().inTransaction(caller.tenant(), em -> {
                    RecordWriter writer = new RecordWriter(
                            parts, em, caller, clock.instant().truncatedTo(ChronoUnit.MICROS), insistent);
                    R answer = work.apply(writer);
                    changed[0] = writer.finish();
                    return answer;
                });
                if (changed[0]) {
                    feed.committed();
                }
                return result;
            } catch (RuntimeException e) {
                if (!metAnother(e)) {
                    throw e;
                }
                if (attempt == TRIES) {
                    throw new Conflict("record.busy", Map.of());
                }
            }
        }
    }

    /** Whether another transaction saved the same record first, or held what this one needed. */
    private static boolean metAnother(Throwable exception) {
        for (Throwable t = exception; t != null; t = t.getCause()) {
            if (t instanceof OptimisticLockException) {
                return true;
            }
        }
        return DatabaseException.isClash(exception);
    }

    private static Map<String, Object> shown(Caller caller, TypeInfo type, BaseRecord record) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", Ids.toText(Objects.requireNonNull(record.id())));
        json.put("version", record.version());
        for (FieldInfo field : type.fields()) {
            if (RowAccess.sees(caller, type, field)) {
                json.put(field.name(), field.json(record));
            }
        }
        return json;
    }
}
