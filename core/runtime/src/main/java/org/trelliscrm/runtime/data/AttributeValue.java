// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The value of a built-in field: an attribute of the module's class. */
final class AttributeValue implements FieldInfo.Value {

    private final Field attribute;

    AttributeValue(Field attribute) {
        this.attribute = attribute;
        attribute.setAccessible(true);
    }

    @Override
    public @Nullable Object get(Object owner) {
        try {
            return attribute.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void set(Object owner, @Nullable Object value) {
        try {
            attribute.set(owner, value == null ? emptyValue() : value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Object emptyValue() {
        Class<?> javaClass = attribute.getType();
        if (javaClass == List.class) {
            return new ArrayList<>();
        } else if (javaClass == boolean.class) {
            return false;
        } else if (javaClass == int.class) {
            return 0;
        }
        return javaClass == long.class ? 0L : null;
    }
}
