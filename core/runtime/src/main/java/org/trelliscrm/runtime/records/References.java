// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.records.TypeRegistry.ServingType;

/** Follows references from record to record, as far as the caller may see. */
@Component(service = References.class)
public class References {

    private final TypeRegistry types;

    @Activate
    public References(@Reference TypeRegistry types) {
        this.types = types;
    }

    /**
     * Checks that each record exists and that the caller may read it; one that they may not see does not exist for them.
     */
    void check(Connection connection, Caller caller, Collection<Found> found, Invalid.Collector problems)
            throws SQLException {
        Map<String, List<Found>> byType = new HashMap<>();
        found.forEach(reference -> byType.computeIfAbsent(reference.type(), name -> new ArrayList<>())
                .add(reference));
        for (Map.Entry<String, List<Found>> entry : byType.entrySet()) {
            Optional<ServingType> type = types.name(entry.getKey(), caller.tenant());
            Set<Long> ids = new HashSet<>();
            entry.getValue().forEach(reference -> ids.add(reference.id()));
            Set<Long> readable = type.isEmpty()
                    ? Set.of()
                    : titles(connection, caller, type.get().info(), ids, false).keySet();
            String code = type.isEmpty() ? "reference.notInstalled" : "reference.notFound";
            for (Found reference : entry.getValue()) {
                if (!readable.contains(reference.id())) {
                    problems.add(
                            reference.path(), code, Map.of("type", reference.type(), "id", Ids.toText(reference.id())));
                }
            }
        }
    }

    /**
     * The titles of those of some records, in the trash or not, that the caller may read; none if the type does not serve.
     */
    public Map<Long, String> titles(Caller caller, String type, Collection<Long> ids) {
        Optional<ServingType> serving = types.name(type, caller.tenant());
        if (serving.isEmpty() || ids.isEmpty()) {
            return Map.of();
        }
        return serving.get()
                .unit()
                .read(connection -> titles(connection, caller, serving.get().info(), ids, true));
    }

    /** Replaces the ids in the named fields by {@code {id, type, title}}. */
    void expand(
            Connection connection, Caller caller, TypeInfo type, List<String> names, List<Map<String, Object>> records)
            throws SQLException {
        for (String name : names) {
            FieldInfo field = type.field(name);
            String target = field == null || !RowAccess.sees(caller, type, field) ? null : field.referenceTarget();
            if (target == null && !isRecord(field)) {
                throw new Invalid("expand.notAReference", Map.of("field", name, "type", type.name()));
            }
            expand(connection, caller, name, target, records);
        }
    }

    private static boolean isRecord(@Nullable FieldInfo field) {
        return field != null && field.elementType().name().equals("record");
    }

    private void expand(
            Connection connection,
            Caller caller,
            String field,
            @Nullable String target,
            List<Map<String, Object>> records)
            throws SQLException {
        Map<String, Set<Long>> wanted = new HashMap<>();
        for (Map<String, Object> record : records) {
            each(record.get(field), value -> {
                String type = target != null ? target : value.substring(0, value.indexOf(':'));
                wanted.computeIfAbsent(type, name -> new HashSet<>()).add(id(value));
                return value;
            });
        }
        Map<String, Map<Long, String>> titles = new HashMap<>();
        for (Map.Entry<String, Set<Long>> entry : wanted.entrySet()) {
            Optional<ServingType> type = types.name(entry.getKey(), caller.tenant());
            if (type.isPresent()) {
                titles.put(entry.getKey(), titles(connection, caller, type.get().info(), entry.getValue(), true));
            }
        }
        for (Map<String, Object> record : records) {
            record.computeIfPresent(
                    field,
                    (name, old) -> each(old, value -> {
                        String type = target != null ? target : value.substring(0, value.indexOf(':'));
                        return expanded(type, id(value), titles.get(type));
                    }));
        }
    }

    private static Object each(@Nullable Object value, java.util.function.Function<String, Object> work) {
        if (value instanceof List<?> list) {
            return list.stream().map(one -> work.apply((String) one)).toList();
        }
        return value == null ? "" : work.apply((String) value);
    }

    private static long id(String value) {
        return Ids.fromText(value.substring(value.indexOf(':') + 1)).orElseThrow();
    }

    private static Map<String, Object> expanded(String type, long id, @Nullable Map<Long, String> titles) {
        Map<String, Object> expanded = new LinkedHashMap<>();
        expanded.put("id", Ids.toText(id));
        expanded.put("type", type);
        if (titles == null) {
            // The module of this type has been removed: the reference sleeps until it returns.
            expanded.put("installed", false);
        } else if (titles.containsKey(id)) {
            expanded.put("title", titles.get(id));
        }
        return expanded;
    }

    private static Map<Long, String> titles(
            Connection connection, Caller caller, TypeInfo type, Collection<Long> ids, boolean trashToo)
            throws SQLException {
        Sql sql = new Sql("select t.id, t." + type.titleField().column() + " from " + type.table() + " t");
        RowAccess.append(sql, caller, caller.rights().scope(type.name(), "read"));
        sql.add(trashToo ? "" : " and t.deleted_at is null")
                .add(" and t.id in ")
                .addAll(ids);
        Map<Long, String> titles = new HashMap<>();
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                titles.put(row.getLong(1), row.getString(2) == null ? "" : row.getString(2));
            }
        }
        return titles;
    }

    /** A reference found in a value. */
    record Found(String path, String type, long id) {}
}
