// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.TypeInfo;

/**
 * Where a value stands in a record: {@code name}, {@code emails[0].address}, {@code value.amount}, {@code tags}.
 *
 * @param index which item of a list, -1 where none is written
 * @param attribute the attribute of the item, or the part of an amount of money; empty if there is none
 */
record RecordPath(String field, int index, String attribute) {

    private static final Pattern SYNTAX =
            Pattern.compile("([A-Za-z][A-Za-z0-9]*)(?:\\[([0-9]{1,3})])?(?:\\.([A-Za-z][A-Za-z0-9]*))?");

    /** Reads a path; empty if it is none. */
    static Optional<RecordPath> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int index = matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2));
        return Optional.of(new RecordPath(matcher.group(1), index, matcher.group(3) == null ? "" : matcher.group(3)));
    }

    /** A field as a whole. */
    static RecordPath of(String field) {
        return new RecordPath(field, -1, "");
    }

    /** Which item of the list is meant; the first where none is written. */
    int item() {
        return Math.max(index, 0);
    }

    /** Whether a file can fill this place. */
    boolean isWritable(TypeInfo type) {
        FieldInfo field = type.field(this.field);
        if (field == null || field.readOnly() || field.internal()) {
            return false;
        }
        if (isMoney(field)) {
            return attribute.isEmpty() || attribute.equals("amount") || attribute.equals("currency");
        }
        Map<String, FieldInfo> items = field.itemFields();
        if (items.isEmpty()) {
            return attribute.isEmpty();
        }
        FieldInfo item = items.get(attribute);
        return item != null && !item.readOnly() && !item.internal();
    }

    /** The field whose kind of value stands here; the place must be {@link #isWritable writable}. */
    FieldInfo leaf(TypeInfo type) {
        FieldInfo field = Objects.requireNonNull(type.field(this.field));
        @Nullable FieldInfo item = field.itemFields().get(attribute);
        return item == null ? field : item;
    }

    static boolean isMoney(FieldInfo field) {
        return field.type().name().equals("money");
    }

    @Override
    public String toString() {
        return field + (index < 0 ? "" : "[" + index + "]") + (attribute.isEmpty() ? "" : "." + attribute);
    }
}
