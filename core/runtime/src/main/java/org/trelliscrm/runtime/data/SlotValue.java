// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.Money;
import org.trelliscrm.runtime.data.CustomField.Kind;

/** The value of a custom field: what stands in its slots, converted as the field says. */
final class SlotValue implements FieldInfo.Value {

    private final CustomField field;
    private final ValueType<Object> type;

    SlotValue(CustomField field, ValueType<Object> type) {
        this.field = field;
        this.type = type;
    }

    @Override
    public @Nullable Object get(Object owner) {
        Object stored = Slots.get(owner, field.slots().get(0));
        if (stored == null) {
            return field.kind() == Kind.MULTICHOICE ? new ArrayList<>() : null;
        }
        return field.kind() == Kind.MONEY
                ? new Money((BigDecimal) stored, (String)
                        Slots.get(owner, field.slots().get(1)))
                : type.fromDatabase(stored);
    }

    @Override
    public void set(Object owner, @Nullable Object value) {
        if (field.kind() == Kind.MONEY) {
            Slots.set(owner, field.slots().get(1), value instanceof Money money ? money.currency() : null);
        }
        Slots.set(owner, field.slots().get(0), stored(value));
    }

    private @Nullable Object stored(@Nullable Object value) {
        if (value == null) {
            return null;
        } else if (value instanceof List<?> list) {
            // An empty list is no value; and nothing is chosen twice.
            return list.isEmpty()
                    ? null
                    : type.toDatabase(list.stream().distinct().toList());
        }
        // Filters look for addresses in lower case.
        return type.toDatabase(field.kind() == Kind.EMAIL ? value.toString().toLowerCase(Locale.ROOT) : value);
    }
}
