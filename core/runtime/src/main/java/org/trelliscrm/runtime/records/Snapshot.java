// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Change.FieldChange;
import org.trelliscrm.api.record.Changes;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.TypeInfo;

/** The values of a record as the database has them, kept while it is being changed; compares the two. */
final class Snapshot implements Changes {

    /** Written with every save; telling them in the history would only be noise. */
    private static final Set<String> SILENT = Set.of("createdAt", "createdBy", "updatedAt", "updatedBy");

    private final TypeInfo type;
    private final BaseRecord record;
    private final boolean isNew;
    private final Map<String, @Nullable Object> values = new HashMap<>();
    private final Map<String, @Nullable Object> json = new HashMap<>();

    private Snapshot(TypeInfo type, BaseRecord record, boolean isNew) {
        this.type = type;
        this.record = record;
        this.isNew = isNew;
    }

    /** Of a record that is about to be created. */
    static Snapshot ofNew(TypeInfo type, BaseRecord record) {
        return new Snapshot(type, record, true);
    }

    /** Of a record that was just read. */
    static Snapshot of(TypeInfo type, BaseRecord record) {
        Snapshot snapshot = new Snapshot(type, record, false);
        for (FieldInfo field : type.fields()) {
            snapshot.values.put(field.name(), field.copy(field.get(record)));
            snapshot.json.put(field.name(), field.json(record));
        }
        return snapshot;
    }

    /** Whether a field is written with every save, and so no change of its own. */
    static boolean isSilent(String field) {
        return SILENT.contains(field);
    }

    @Override
    public boolean isNew() {
        return isNew;
    }

    @Override
    public boolean has(String name) {
        return changed(Objects.requireNonNull(type.field(name), () -> type.name() + " has no field " + name));
    }

    private boolean changed(FieldInfo field) {
        return !Objects.equals(empty(json.get(field.name())), empty(field.json(record)));
    }

    /** An empty list and no value are the same. */
    private static @Nullable Object empty(@Nullable Object value) {
        return value instanceof java.util.List<?> list && list.isEmpty() ? null : value;
    }

    @Override
    public @Nullable Object before(String name) {
        return values.get(name);
    }

    /** The value before, JSON-shaped. */
    @Nullable
    Object jsonBefore(String name) {
        return json.get(name);
    }

    @Override
    public Set<String> fields() {
        Set<String> names = new LinkedHashSet<>();
        for (FieldInfo field : type.fields()) {
            if (!SILENT.contains(field.name()) && changed(field)) {
                names.add(field.name());
            }
        }
        return names;
    }

    /** What changed, for the change feed. That an internal field changed is told, its values are not. */
    Map<String, FieldChange> fieldChanges() {
        Map<String, FieldChange> changes = new LinkedHashMap<>();
        for (String name : fields()) {
            FieldInfo field = Objects.requireNonNull(type.field(name));
            changes.put(
                    name,
                    field.internal()
                            ? new FieldChange(null, null)
                            : new FieldChange(json.get(name), field.json(record)));
        }
        return changes;
    }
}
