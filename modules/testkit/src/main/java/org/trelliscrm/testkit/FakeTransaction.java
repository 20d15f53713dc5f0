// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Changes;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.RecordAction;
import org.trelliscrm.api.record.RecordHook;
import org.trelliscrm.api.record.RecordTransaction;

/**
 * A record transaction in memory, for tests of hooks and actions. It keeps what is created, runs the hooks that it is
 * given as the engine does, and tells them what changed. It does not check what the annotations say, and it takes
 * nothing back when a hook refuses. Not thread-safe.
 */
public final class FakeTransaction implements RecordTransaction {

    private final Clock clock;
    private final List<RecordHook<?>> hooks;
    private final Map<Long, BaseRecord> live = new TreeMap<>();
    private final Map<Long, BaseRecord> trash = new TreeMap<>();
    private final Map<BaseRecord, Map<String, @Nullable Object>> saved = new HashMap<>();
    private Caller caller = Caller.system(1);
    private long lastId;

    /** @param hooks in the order in which they run */
    public FakeTransaction(Clock clock, RecordHook<?>... hooks) {
        this.clock = clock;
        this.hooks = List.of(hooks);
    }

    /** Who does what follows; the system unless told. */
    public FakeTransaction as(Caller person) {
        caller = person;
        return this;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public <T extends BaseRecord> Optional<T> find(Class<T> type, long id) {
        return Optional.ofNullable(live.get(id)).filter(type::isInstance).map(type::cast);
    }

    @Override
    public <T extends BaseRecord> Optional<T> lock(Class<T> type, long id) {
        return find(type, id);
    }

    @Override
    public <T extends BaseRecord> List<T> list(Class<T> type, Filter filter, int limit) {
        return fitting(live, type, filter).limit(limit).toList();
    }

    @Override
    public long count(Class<? extends BaseRecord> type, Filter filter) {
        return fitting(live, type, filter).count();
    }

    /** Every live record of a type, oldest first. */
    public <T extends BaseRecord> List<T> all(Class<T> type) {
        return fitting(live, type, Filter.ALL).toList();
    }

    /** What is in the trash, oldest first. */
    public <T extends BaseRecord> List<T> trashed(Class<T> type) {
        return fitting(trash, type, Filter.ALL).toList();
    }

    private static <T extends BaseRecord> Stream<T> fitting(
            Map<Long, BaseRecord> records, Class<T> type, Filter filter) {
        return records.values().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(record -> Matching.fits(filter, record));
    }

    @Override
    public <T extends BaseRecord> T create(T record) {
        Attributes.set(record, "id", ++lastId);
        Attributes.set(record, "createdAt", now());
        save(record, new HashMap<>(), true);
        return record;
    }

    /** Creates a record with these fields, as a {@code POST} does. */
    public <T extends BaseRecord> T create(Class<T> type, Map<String, ?> values) {
        T record = type.cast(Attributes.instance(type));
        values.forEach((field, value) -> Attributes.set(record, field, value));
        return create(record);
    }

    @Override
    public <T extends BaseRecord> T update(T record) {
        save(record, Objects.requireNonNull(saved.get(record), "never created"), false);
        return record;
    }

    private void save(BaseRecord record, Map<String, @Nullable Object> before, boolean isNew) {
        runHooks(record, hook -> hook.beforeSave(record, changes(record, before, isNew), this));
        Changes changes = changes(record, before, isNew);
        if (!isNew && changes.fields().isEmpty()) {
            return;
        }
        if (!isNew) {
            Attributes.set(record, "version", record.version() + 1);
        }
        Attributes.set(record, "updatedAt", now());
        live.put(record.id(), record);
        saved.put(record, Attributes.values(record));
        runHooks(record, hook -> hook.afterSave(record, changes, this));
    }

    /** Changes one field, as a {@code PATCH} does, and saves. */
    public <T extends BaseRecord> T patch(T record, String field, @Nullable Object value) {
        Attributes.set(record, field, value);
        return update(record);
    }

    /** Runs an action and saves what it did, as {@code POST …/actions/…} does. */
    public <T extends BaseRecord> Map<String, Object> act(RecordAction<T> action, T record, Map<String, Object> input) {
        Map<String, Object> answer = action.run(record, input, this);
        update(record);
        return answer;
    }

    @Override
    public void trash(BaseRecord record) {
        runHooks(record, hook -> hook.beforeTrash(record, this));
        Attributes.set(record, "deletedAt", now());
        saved.put(record, Attributes.values(record));
        trash.put(record.id(), live.remove(record.id()));
    }

    /** Takes a record out of the trash, as {@code POST …/restore} does. */
    public void restore(BaseRecord record) {
        trash.remove(record.id());
        Attributes.set(record, "deletedAt", null);
        update(record);
    }

    @SuppressWarnings("unchecked")
    private void runHooks(BaseRecord record, Consumer<RecordHook<BaseRecord>> call) {
        for (RecordHook<?> hook : hooks) {
            if (hook.type() == record.getClass()) {
                call.accept((RecordHook<BaseRecord>) hook);
            }
        }
    }

    private static Changes changes(BaseRecord record, Map<String, @Nullable Object> before, boolean isNew) {
        return new FakeChanges(before, Attributes.values(record), isNew);
    }
}
