// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.history;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.FieldAccess;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.record.Change.FieldChange;
import org.trelliscrm.api.record.RecordRef;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.records.References;
import org.trelliscrm.runtime.records.TypeRegistry;

/** Which of some records a caller may see, and what of them; asked once for a page. */
final class Visible {

    private final Caller caller;
    private final TypeRegistry types;
    private final Map<String, Map<Long, String>> titles = new HashMap<>();

    Visible(Caller caller, TypeRegistry types, References references, Collection<RecordRef> records) {
        this.caller = caller;
        this.types = types;
        Map<String, Set<Long>> byType = new HashMap<>();
        records.forEach(record ->
                byType.computeIfAbsent(record.type(), name -> new HashSet<>()).add(record.id()));
        byType.forEach((type, ids) -> titles.put(type, references.titles(caller, type, ids)));
    }

    /** Of a type that is not installed nobody can ask whose the record is: only who may read all of them sees it. */
    boolean sees(String type, long id) {
        return isInstalled(type)
                ? titles.getOrDefault(type, Map.of()).containsKey(id)
                : caller.rights().scope(type, "read") == Scope.ALL;
    }

    boolean isInstalled(String type) {
        return types.name(type).isPresent();
    }

    @Nullable
    String title(String type, long id) {
        return titles.getOrDefault(type, Map.of()).get(id);
    }

    boolean seesField(String type, String name) {
        if (caller.rights().field(type, name) == FieldAccess.HIDDEN) {
            return false;
        }
        TypeInfo info = types.name(type, caller.tenant())
                .map(TypeRegistry.ServingType::info)
                .orElse(null);
        FieldInfo field = info == null ? null : info.field(name);
        return field == null || !field.internal();
    }

    /** The changed fields that the caller may see. */
    Map<String, Object> fields(String type, Map<String, FieldChange> changed) {
        Map<String, Object> json = new LinkedHashMap<>();
        changed.forEach((name, field) -> {
            if (seesField(type, name)) {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                values.put("before", field.before());
                values.put("after", field.after());
                json.put(name, values);
            }
        });
        return json;
    }

    /** How a record is named in JSON. */
    Map<String, @Nullable Object> record(String type, long id) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("type", type);
        json.put("record", Ids.toText(id));
        if (isInstalled(type)) {
            json.put("title", title(type, id));
        } else {
            json.put("installed", false);
        }
        return json;
    }
}
