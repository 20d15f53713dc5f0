// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.TypeInfo;

/** Brings the JSON of a caller into a record: only fields that exist and that the caller may write, all problems at once. */
final class Input {

    private final Caller caller;
    private final TypeInfo type;
    private final References references;

    Input(Caller caller, TypeInfo type, References references) {
        this.caller = caller;
        this.type = type;
        this.references = references;
    }

    /**
     * Sets the given fields (RFC 7396: {@code null} empties one).
     *
     * @param before the values so far, so that sending back what was read is no offence
     */
    void apply(Map<String, Object> values, BaseRecord record, @Nullable Snapshot before, Connection connection) {
        Invalid.Collector problems = new Invalid.Collector();
        List<References.Found> found = new ArrayList<>();
        values.forEach((name, value) -> {
            FieldInfo field = type.field(name);
            if (field == null || !RowAccess.sees(caller, type, field)) {
                if (!isOwnFact(name, value, record)) {
                    problems.add(name, "field.unknown", Map.of("type", type.name()));
                }
            } else if (!RowAccess.writes(caller, type, field)) {
                if (before == null || !Objects.equals(before.jsonBefore(name), value)) {
                    problems.add(name, "field.readOnly");
                }
            } else {
                set(field, value, record, problems, found);
            }
        });
        problems.throwIfAny();
        try {
            references.check(connection, caller, found, problems);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
        problems.throwIfAny();
    }

    private void set(
            FieldInfo field,
            @Nullable Object value,
            BaseRecord record,
            Invalid.Collector problems,
            List<References.Found> found) {
        Invalid.Collector own = new Invalid.Collector();
        Object java = field.type().fromJson(value, field.name(), own);
        if (!own.isEmpty()) {
            own.problems().forEach(problem -> problems.add(problem.path(), problem.code(), problem.arguments()));
            return;
        }
        Object old = field.json(record);
        field.set(record, java);
        // What was there before need not be seen by the one who leaves it as it is.
        if (!Objects.equals(old, field.json(record))) {
            field.references(record, (path, target, id) -> found.add(new References.Found(path, target, id)));
        }
    }

    /** The id, version and type of a record may come back as they were read. */
    private boolean isOwnFact(String name, @Nullable Object value, BaseRecord record) {
        return switch (name) {
            case "id" ->
                record.id() != null
                        && org.trelliscrm.runtime.data.Ids.toText(record.id()).equals(value);
            case "version" -> record.id() != null;
            default -> false;
        };
    }
}
