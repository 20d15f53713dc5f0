// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Fills records from JSON-shaped values and shows them so, as the engine does. */
final class FieldValues {

    private FieldValues() {}

    static Contact contact(Object... namesAndValues) {
        Contact contact = new Contact();
        set(contact, map(namesAndValues));
        return contact;
    }

    static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    static void set(Object owner, Map<String, Object> values) {
        values.forEach((name, value) -> {
            try {
                Field field = field(owner.getClass(), name);
                field.set(owner, java(field, value));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(name, e);
            }
        });
    }

    static Object get(Object owner, String name) {
        try {
            return json(field(owner.getClass(), name).get(owner));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(name, e);
        }
    }

    static Field field(Class<?> owner, String name) throws ReflectiveOperationException {
        for (Class<?> c = owner; c != Object.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field;
                }
            }
        }
        throw new NoSuchFieldException(name);
    }

    /** The class of the items of a list field. */
    static Class<?> itemClass(Field list) {
        return (Class<?>) ((ParameterizedType) list.getGenericType()).getActualTypeArguments()[0];
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object java(Field field, Object value) throws ReflectiveOperationException {
        if (value instanceof List<?> list) {
            Class<?> itemClass = itemClass(field);
            List<Object> items = new ArrayList<>();
            for (Object item : list) {
                items.add(item instanceof Map<?, ?> map ? item(itemClass, (Map<String, Object>) map) : item);
            }
            return items;
        } else if (value instanceof String text && field.getType().isEnum()) {
            return Enum.valueOf((Class<Enum>) field.getType(), text.toUpperCase(Locale.ROOT));
        } else if (value instanceof String text && field.getType() == LocalDate.class) {
            return LocalDate.parse(text);
        }
        return value;
    }

    private static Object item(Class<?> itemClass, Map<String, Object> values) throws ReflectiveOperationException {
        Constructor<?> constructor = itemClass.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object item = constructor.newInstance();
        set(item, values);
        return item;
    }

    private static Object json(Object value) throws IllegalAccessException {
        if (value instanceof List<?> list) {
            List<Object> json = new ArrayList<>();
            for (Object item : list) {
                json.add(json(item));
            }
            return json;
        } else if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        } else if (value instanceof LocalDate date) {
            return date.toString();
        } else if (value == null || value.getClass().getName().startsWith("java.")) {
            return value;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        for (Field field : value.getClass().getDeclaredFields()) {
            field.setAccessible(true);
            Object inner = json(field.get(value));
            if (inner != null) {
                json.put(field.getName(), inner);
            }
        }
        return json;
    }
}
