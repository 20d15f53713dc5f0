// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.FieldAccess;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Change;
import org.trelliscrm.api.record.Change.FieldChange;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.data.TypeInfo;

/**
 * What one change set did to one record, taken together, and how it is taken back: a field gets its old value if it still has
 * the one that the change set wrote; what somebody has changed since stays and is told as a conflict. Doing it twice does
 * nothing the second time.
 *
 * @param created whether the change set made the record; then it is put into the trash
 * @param fields what became of each field, from before the first change to after the last, JSON-shaped as it was logged
 */
public record PutBack(String type, long id, boolean created, Map<String, FieldChange> fields) {

    private static final String TRASHED = "deletedAt";

    /**
     * Takes the changes of a change set to one record together.
     *
     * @param changes oldest first, at least one
     * @param settled fields that an earlier undo has put back already; whatever they say now, somebody wanted it so
     */
    public static PutBack of(List<Change> changes, Set<String> settled) {
        Map<String, FieldChange> fields = new LinkedHashMap<>();
        for (Change change : changes) {
            change.fields()
                    .forEach((name, field) ->
                            fields.merge(name, field, (first, next) -> new FieldChange(first.before(), next.after())));
        }
        fields.keySet().removeAll(settled);
        Change first = changes.get(0);
        boolean created = first.verb().equals("create");
        return new PutBack(
                first.type(), first.record(), created, created && settled.contains(TRASHED) ? Map.of() : fields);
    }

    /** What has become of a record, or would. */
    public enum Outcome {
        /** Something was put back. */
        PUT_BACK,
        /** There was nothing to put back: it was as before, or nothing could be. */
        UNCHANGED
    }

    /**
     * What has become of a record, or would.
     *
     * @param conflicts the fields that somebody has changed since, left as they are
     * @param refused the fields that may not be put back, each with the code of the reason
     */
    public record Result(Outcome outcome, List<FieldConflict> conflicts, Map<String, String> refused) {}

    /**
     * A field that is not what the change set wrote.
     *
     * @param before what it was before the change set
     * @param written what the change set wrote
     * @param now what it is
     */
    public record FieldConflict(
            String field, @Nullable Object before, @Nullable Object written, @Nullable Object now) {}

    Result apply(TypeInfo info, RecordWriter writer, boolean onlyLook) {
        Caller caller = writer.caller();
        Scope read = RowAccess.require(caller, type, "read");
        BaseRecord record = writer.findAnywhere(info, id)
                .filter(one -> RowAccess.reaches(caller, read, one))
                .orElseThrow(() -> NotFound.record(type, Ids.toText(id)));
        return created ? trash(info, record, writer, onlyLook) : putFields(info, record, writer, onlyLook);
    }

    /** A record that the change set made goes into the trash, unless somebody has worked on it since. */
    private Result trash(TypeInfo info, BaseRecord record, RecordWriter writer, boolean onlyLook) {
        if (record.deletedAt() != null || fields.isEmpty()) {
            return new Result(Outcome.UNCHANGED, List.of(), Map.of());
        }
        List<FieldConflict> conflicts = new ArrayList<>();
        for (FieldInfo field : info.fields()) {
            Object now = plain(field.json(record));
            Object written = value(fields.get(field.name()), false);
            if (!field.internal() && !Snapshot.isSilent(field.name()) && !same(now, written)) {
                conflicts.add(new FieldConflict(field.name(), null, written, now));
            }
        }
        if (!conflicts.isEmpty()) {
            return new Result(Outcome.UNCHANGED, conflicts, Map.of());
        }
        require(writer.caller(), record, "delete");
        if (!onlyLook) {
            writer.trash(record);
        }
        return new Result(Outcome.PUT_BACK, List.of(), Map.of());
    }

    private Result putFields(TypeInfo info, BaseRecord record, RecordWriter writer, boolean onlyLook) {
        FieldChange trashed = fields.get(TRASHED);
        Object trashedNow = plain(Objects.requireNonNull(info.field(TRASHED)).json(record));
        if (trashed == null
                ? trashedNow != null
                : !isSameState(trashedNow, trashed.after()) && !isSameState(trashedNow, trashed.before())) {
            // In the trash no rule of its type is asked, so what lies there is left alone as a whole.
            FieldConflict conflict =
                    new FieldConflict(TRASHED, value(trashed, true), value(trashed, false), trashedNow);
            return new Result(Outcome.UNCHANGED, List.of(conflict), Map.of());
        }
        List<FieldConflict> conflicts = new ArrayList<>();
        Map<String, String> refused = new LinkedHashMap<>();
        Map<FieldInfo, @Nullable Object> wanted = new LinkedHashMap<>();
        sort(info, record, writer.caller(), wanted, conflicts, refused);
        boolean move = trashed != null && !isSameState(trashedNow, trashed.before());
        if (wanted.isEmpty() && !move) {
            return new Result(Outcome.UNCHANGED, conflicts, refused);
        }
        if (!wanted.isEmpty()) {
            require(writer.caller(), record, "update");
        }
        if (move) {
            require(writer.caller(), record, "delete");
        }
        if (!onlyLook) {
            set(wanted, record);
            if (!move) {
                writer.update(record);
            } else if (trashedNow != null) {
                writer.restore(record);
            } else {
                writer.trash(record);
            }
        }
        return new Result(Outcome.PUT_BACK, conflicts, refused);
    }

    private void sort(
            TypeInfo info,
            BaseRecord record,
            Caller caller,
            Map<FieldInfo, @Nullable Object> wanted,
            List<FieldConflict> conflicts,
            Map<String, String> refused) {
        fields.forEach((name, change) -> {
            FieldInfo field = info.field(name);
            if (name.equals(TRASHED)) {
                return;
            }
            if (field == null) {
                refused.put(name, "field.unknown");
                return;
            }
            if (field.internal()) {
                refused.put(name, "changeSet.valueNotKept");
                return;
            }
            Object now = plain(field.json(record));
            if (same(now, change.before())) {
                return;
            }
            if (!same(now, change.after())) {
                conflicts.add(new FieldConflict(name, change.before(), change.after(), now));
            } else if (caller.rights().field(type, name) != FieldAccess.FULL) {
                refused.put(name, "field.readOnly");
            } else {
                // Fields that only actions and hooks write are put back too: the change set has changed them.
                wanted.put(field, change.before());
            }
        });
    }

    private static void set(Map<FieldInfo, @Nullable Object> wanted, BaseRecord record) {
        Invalid.Collector problems = new Invalid.Collector();
        wanted.forEach((field, value) -> {
            Object java = field.type().fromJson(value, field.name(), problems);
            if (problems.isEmpty()) {
                field.set(record, java);
            }
        });
        problems.throwIfAny();
    }

    private void require(Caller caller, BaseRecord record, String verb) {
        if (!RowAccess.reaches(caller, RowAccess.require(caller, type, verb), record)) {
            throw Denied.because("access.notYours", Map.of("type", type));
        }
    }

    private static @Nullable Object value(@Nullable FieldChange change, boolean before) {
        return change == null ? null : before ? change.before() : change.after();
    }

    /** In the trash or not; since when does not matter, so that an undo can be undone and done again. */
    private static boolean isSameState(@Nullable Object now, @Nullable Object logged) {
        return (now == null) == (logged == null);
    }

    /** The value as it would come back from the log: 5 is 5 there, whatever Java's type for it is. */
    private static @Nullable Object plain(@Nullable Object json) {
        return json == null || json instanceof String ? json : Json.read(Json.write(json));
    }

    /** An empty list and no value are the same. */
    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(empty(one), empty(other));
    }

    private static @Nullable Object empty(@Nullable Object value) {
        return value instanceof List<?> list && list.isEmpty() ? null : value;
    }
}
