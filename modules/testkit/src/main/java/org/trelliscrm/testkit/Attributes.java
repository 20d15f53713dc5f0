// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Field;

/** The attributes of records and items by reflection, as the engine sees them. */
final class Attributes {

    private Attributes() {}

    /** The fields that a class declares itself, without those that every record has. */
    static List<java.lang.reflect.Field> of(Class<?> owner) {
        List<java.lang.reflect.Field> found = new ArrayList<>();
        for (Class<?> c = owner; c != null && c != BaseRecord.class && c != Object.class; c = c.getSuperclass()) {
            for (java.lang.reflect.Field attribute : c.getDeclaredFields()) {
                if (attribute.isAnnotationPresent(Field.class) && !Modifier.isStatic(attribute.getModifiers())) {
                    found.add(attribute);
                }
            }
        }
        return found;
    }

    /** The values of all fields, lists copied. */
    static Map<String, @Nullable Object> values(BaseRecord record) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (java.lang.reflect.Field attribute : of(record.getClass())) {
            Object value = read(attribute, record);
            values.put(attribute.getName(), value instanceof List<?> list ? List.copyOf(list) : value);
        }
        values.put("owner", record.owner());
        values.put("team", record.team());
        values.put("deletedAt", record.deletedAt());
        return values;
    }

    /** The value of one attribute, one of {@link BaseRecord} too. */
    static @Nullable Object value(BaseRecord record, String name) {
        return read(find(record.getClass(), name), record);
    }

    static void set(BaseRecord record, String name, @Nullable Object value) {
        try {
            find(record.getClass(), name).set(record, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new object, made without parameters where that is possible, else with none of its services. */
    static Object instance(Class<?> type) {
        Constructor<?> constructor = Arrays.stream(type.getDeclaredConstructors())
                .min(Comparator.comparing(Constructor::getParameterCount))
                .orElseThrow();
        constructor.setAccessible(true);
        Object[] nothing = Arrays.stream(constructor.getParameterTypes())
                .map(parameter -> Array.get(Array.newInstance(parameter, 1), 0))
                .toArray();
        try {
            return constructor.newInstance(nothing);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made without its services", e);
        }
    }

    private static java.lang.reflect.Field find(Class<?> owner, String name) {
        for (Class<?> c = owner; c != null; c = c.getSuperclass()) {
            for (java.lang.reflect.Field attribute : c.getDeclaredFields()) {
                if (attribute.getName().equals(name)) {
                    attribute.setAccessible(true);
                    return attribute;
                }
            }
        }
        throw new IllegalArgumentException(owner.getSimpleName() + " has no field " + name);
    }

    static @Nullable Object read(java.lang.reflect.Field attribute, Object owner) {
        try {
            attribute.setAccessible(true);
            return attribute.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
