// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.persistence.config.SessionCustomizer;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.mappings.AggregateObjectMapping;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.mappings.converters.Converter;
import org.eclipse.persistence.mappings.foundation.AbstractDirectMapping;
import org.eclipse.persistence.sessions.Session;
import org.trelliscrm.api.record.BaseRecord;

/**
 * Tells EclipseLink how the fields of record types are stored, so that a module needs neither {@code @Column} nor {@code
 * @Convert}: names in snake case, values by their {@link ValueType}. EclipseLink makes it by name, once per unit.
 */
public final class UnitCustomizer implements SessionCustomizer {

    /** The property of a unit that tells the slots of its tables. */
    static final String SLOTS = "trellis.slots";

    @Override
    public void customize(Session session) {
        Map<?, ?> slots = (Map<?, ?>) session.getProperty(SLOTS);
        for (ClassDescriptor descriptor : session.getDescriptors().values()) {
            Class<?> javaClass = descriptor.getJavaClass();
            if (BaseRecord.class.isAssignableFrom(javaClass) && !Modifier.isAbstract(javaClass.getModifiers())) {
                customize(descriptor, FieldInfo.of(javaClass));
                for (Object slot : (List<?>) slots.get(descriptor.getTableName())) {
                    descriptor.addMapping(Slots.mapping((String) slot));
                }
            }
        }
    }

    private static void customize(ClassDescriptor descriptor, Map<String, FieldInfo> fields) {
        for (DatabaseMapping mapping : descriptor.getMappings()) {
            FieldInfo field = fields.get(mapping.getAttributeName());
            if (field == null) {
                continue;
            }
            if (mapping instanceof AggregateObjectMapping money) {
                money.addFieldNameTranslation(field.columns().get(0), "amount");
                money.addFieldNameTranslation(field.columns().get(1), "currency");
            } else if (mapping instanceof AbstractDirectMapping direct) {
                direct.getField().setName(field.column());
                direct.setConverter(new ValueConverter(field));
                // Lists change in place; the rest is replaced.
                direct.setIsMutable(field.isList());
            }
        }
    }

    /** Converts between an attribute and its column by the field's value type. */
    private static final class ValueConverter implements Converter {

        private static final long serialVersionUID = 1L;

        private final transient FieldInfo field;

        ValueConverter(FieldInfo field) {
            this.field = field;
        }

        @Override
        public Object convertObjectValueToDataValue(Object value, Session session) {
            // An empty list is stored as no value, so that "is it empty" is a plain question to the column.
            boolean empty = value == null || value instanceof List<?> list && list.isEmpty();
            return empty ? null : field.type().toDatabase(value);
        }

        @Override
        public Object convertDataValueToObjectValue(Object value, Session session) {
            if (value == null) {
                return field.isList() ? new ArrayList<>() : null;
            }
            return field.type().fromDatabase(value);
        }

        @Override
        public boolean isMutable() {
            return field.isList();
        }

        @Override
        public void initialize(DatabaseMapping mapping, Session session) {
            mapping.getField().setType(DatabaseTypes.of(field));
        }
    }
}
