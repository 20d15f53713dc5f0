// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.records.BulkRecords;

/**
 * Finds the records that rows are about, by the values of one field: those that are in the database already, looked for
 * together for many rows, and those that an earlier row has made.
 */
final class Matches {

    private final BulkRecords records;
    private final Caller caller;
    private final TypeInfo type;
    private final RecordPath key;
    private final FieldInfo field;
    private final Map<String, Set<String>> idsByValue = new HashMap<>();

    /** @throws Invalid if the type has no such field */
    Matches(BulkRecords records, Caller caller, TypeInfo type, String key) {
        this.records = records;
        this.caller = caller;
        this.type = type;
        this.key = RecordPath.parse(key)
                .filter(path -> type.field(path.field()) != null)
                .orElseThrow(() -> new Invalid("import.unknownField", Map.of("field", key, "type", type.name())));
        this.field = Objects.requireNonNull(type.field(this.key.field()));
    }

    /** Looks for the records of these rows, and forgets what was found for others. */
    void load(Collection<Map<String, Object>> rows) {
        idsByValue.clear();
        Map<String, Object> wanted = new LinkedHashMap<>();
        rows.forEach(row -> values(row).forEach(value -> wanted.putIfAbsent(normal(value), value)));
        records.find(caller, type.name(), key.toString(), wanted.values()).forEach(this::note);
    }

    /** The ids of all records that were found. */
    Set<Long> all() {
        return idsByValue.values().stream()
                .flatMap(Set::stream)
                .map(id -> Ids.fromText(id).orElseThrow())
                .collect(Collectors.toSet());
    }

    /** Remembers a record that has just been written, for the rows that follow. */
    void note(Map<String, Object> record) {
        String id = (String) record.get("id");
        for (Object value : values(record)) {
            idsByValue
                    .computeIfAbsent(normal(value), any -> new LinkedHashSet<>())
                    .add(id);
        }
    }

    /** The ids of the records that a row is about. */
    Set<String> find(Map<String, Object> row) {
        Set<String> ids = new LinkedHashSet<>();
        values(row).forEach(value -> ids.addAll(idsByValue.getOrDefault(normal(value), Set.of())));
        return ids;
    }

    /** What a row or a record says in the field; what no record could say there cannot be looked for. */
    private List<Object> values(Map<String, Object> row) {
        Object value = row.get(key.field());
        List<Object> values = new ArrayList<>();
        for (Object one : value instanceof List<?> list ? list : value == null ? List.of() : List.of(value)) {
            Object leaf = one instanceof Map<?, ?> item ? item.get(key.attribute()) : one;
            if (leaf instanceof String text && !text.isBlank() && isPossible(text)) {
                values.add(text.strip());
            } else if (leaf instanceof Number || leaf instanceof Boolean) {
                values.add(leaf.toString());
            }
        }
        return values;
    }

    private boolean isPossible(String text) {
        Invalid.Collector problems = new Invalid.Collector();
        FieldInfo leaf = field.itemFields().getOrDefault(key.attribute(), field);
        return leaf.elementType().fromJson(text, "", problems) != null && problems.isEmpty();
    }

    private static String normal(Object value) {
        return value.toString().strip().toLowerCase(Locale.ROOT);
    }
}
