// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.persistence.mappings.AttributeAccessor;
import org.eclipse.persistence.mappings.DirectToFieldMapping;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;

/**
 * The columns in which tables of record types keep custom fields, and how their values are reached in a record. A slot is
 * used by one field of each tenant; what the field says about its values is no business of the slot.
 */
public final class Slots {

    private static final Field VALUES = values();

    private Slots() {}

    /** The value in a slot, as the database has it. */
    static @Nullable Object get(Object record, String slot) {
        Map<String, Object> values = map(record);
        return values == null ? null : values.get(slot);
    }

    /** Puts a value, as the database has it, into a slot. */
    static void set(Object record, String slot, @Nullable Object value) {
        Map<String, Object> values = map(record);
        if (values == null) {
            if (value == null) {
                return;
            }
            values = new HashMap<>();
            put(record, values);
        }
        if (value == null) {
            values.remove(slot);
        } else {
            values.put(slot, value);
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Map<String, Object> map(Object record) {
        try {
            return (Map<String, Object>) VALUES.get(record);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void put(Object record, Map<String, Object> values) {
        try {
            VALUES.set(record, values);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field values() {
        try {
            Field field = BaseRecord.class.getDeclaredField("custom");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tells EclipseLink of a slot, as if the class had an attribute for it: one more column in the same statements. */
    static DirectToFieldMapping mapping(String slot) {
        DirectToFieldMapping mapping = new DirectToFieldMapping();
        mapping.setAttributeName(slot);
        mapping.setFieldName(slot);
        mapping.setAttributeAccessor(new Accessor(slot));
        mapping.getField().setType(SlotKind.of(slot).javaClass());
        // Values are replaced, never changed in place.
        mapping.setIsMutable(false);
        return mapping;
    }

    /** Reaches a slot of a record. */
    private static final class Accessor extends AttributeAccessor {

        private static final long serialVersionUID = 1L;

        private final String slot;

        Accessor(String slot) {
            this.slot = slot;
            setAttributeName(slot);
        }

        @Override
        public Class<?> getAttributeClass() {
            return SlotKind.of(slot).javaClass();
        }

        @Override
        public @Nullable Object getAttributeValueFromObject(Object record) {
            return get(record, slot);
        }

        @Override
        public void setAttributeValueInObject(Object record, @Nullable Object value) {
            set(record, slot, value);
        }
    }
}
