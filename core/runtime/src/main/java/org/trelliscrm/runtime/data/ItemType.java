// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.lang.reflect.Constructor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;

/** An item of a list: a plain class of the module with fields of its own, for example one address of a contact. */
final class ItemType extends ValueType<Object> {

    private final Constructor<?> constructor;
    private final Map<String, FieldInfo> fields;

    ItemType(Class<?> itemClass) {
        super("item");
        constructor = FieldInfo.constructor(itemClass);
        fields = FieldInfo.of(itemClass);
    }

    Map<String, FieldInfo> fields() {
        return fields;
    }

    @Override
    public @Nullable Object fromJson(@Nullable Object json, String path, Invalid.Collector problems) {
        if (json == null) {
            return null;
        }
        if (!(json instanceof Map<?, ?> map)) {
            problems.add(path, "field.notAnItem");
            return null;
        }
        Object item = FieldInfo.create(constructor);
        map.forEach((name, value) -> {
            FieldInfo field = fields.get(name);
            String inner = path + "." + name;
            if (field == null) {
                problems.add(inner, "field.unknown");
            } else {
                Object read = field.type().fromJson(value, inner, problems);
                if (read != null) {
                    field.set(item, read);
                }
            }
        });
        fields.values().forEach(field -> {
            if (field.required() && field.get(item) == null) {
                problems.add(path + "." + field.name(), "field.required");
            }
        });
        return item;
    }

    @Override
    public Object toJson(Object item) {
        Map<String, Object> json = new LinkedHashMap<>();
        fields.values().forEach(field -> {
            Object value = field.get(item);
            if (value != null) {
                json.put(field.name(), field.type().toJson(value));
            }
        });
        return json;
    }

    @Override
    public Object toDatabase(Object value) {
        return toJson(value);
    }

    @Override
    public Object fromDatabase(Object value) {
        throw new UnsupportedOperationException("items are read with their list");
    }

    @Override
    public void references(Object item, String path, ReferenceVisitor visitor) {
        fields.values().forEach(field -> {
            Object value = field.get(item);
            if (value != null) {
                field.type().references(value, path + "." + field.name(), visitor);
            }
        });
    }

    @Override
    public void keys(Object item, String path, BiConsumer<String, String> index) {
        fields.values().stream().filter(FieldInfo::indexed).forEach(field -> {
            Object value = field.get(item);
            if (value != null) {
                index.accept(
                        path + "." + field.name(), ListKeys.key(field.type().toJson(value)));
            }
        });
    }
}
