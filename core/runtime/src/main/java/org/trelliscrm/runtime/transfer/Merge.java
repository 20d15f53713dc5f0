// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.TypeInfo;

/**
 * Makes out of a record and a row the patch that brings what the row says into the record and takes nothing out of it: a value
 * replaces the one that was there, an item of a list joins the others.
 */
final class Merge {

    /** Fields by which an item is known whatever else differs: one e-mail address is one e-mail address. */
    private static final Set<String> TELLING = Set.of("email", "phone", "url");

    private final TypeInfo type;

    Merge(TypeInfo type) {
        this.type = type;
    }

    /** The patch; empty if the record says all of it already. */
    Map<String, Object> patch(Map<String, Object> record, Map<String, Object> row) {
        Map<String, Object> patch = new LinkedHashMap<>();
        row.forEach((name, value) -> {
            Object before = record.get(name);
            FieldInfo field = type.field(name);
            Object after = field != null && before instanceof List<?> old && value instanceof List<?> added
                    ? joined(field, old, added)
                    : value;
            if (!after.equals(before)) {
                patch.put(name, after);
            }
        });
        return patch;
    }

    private static List<Object> joined(FieldInfo field, List<?> old, List<?> added) {
        List<Object> all = new ArrayList<>(old);
        for (Object one : added) {
            int at = indexOfSame(field, all, one);
            if (at < 0) {
                all.add(one);
            } else if (one instanceof Map<?, ?> item) {
                all.set(at, overlaid((Map<?, ?>) all.get(at), item));
            }
        }
        return all;
    }

    private static Map<Object, Object> overlaid(Map<?, ?> before, Map<?, ?> item) {
        Map<Object, Object> overlaid = new LinkedHashMap<>(before);
        overlaid.putAll(item);
        return overlaid;
    }

    private static int indexOfSame(FieldInfo field, List<Object> all, Object one) {
        for (int i = 0; i < all.size(); i++) {
            boolean same = all.get(i) instanceof Map<?, ?> a && one instanceof Map<?, ?> b
                    ? isSame(field.itemFields(), a, b)
                    : normal(all.get(i)).equals(normal(one));
            if (same) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isSame(Map<String, FieldInfo> fields, Map<?, ?> a, Map<?, ?> b) {
        for (FieldInfo field : fields.values()) {
            String kind = field.type().name();
            Object left = a.get(field.name());
            Object right = b.get(field.name());
            if (TELLING.contains(kind) && left != null && right != null) {
                return kind.equals("phone")
                        ? digits(left).equals(digits(right))
                        : normal(left).equals(normal(right));
            }
        }
        boolean agree = false;
        for (Map.Entry<?, ?> entry : b.entrySet()) {
            Object other = a.get(entry.getKey());
            if (other != null && !normal(other).equals(normal(entry.getValue()))) {
                return false;
            }
            agree |= other != null;
        }
        return agree;
    }

    private static String normal(@Nullable Object value) {
        return Objects.toString(value, "").strip().toLowerCase(Locale.ROOT);
    }

    private static String digits(Object phone) {
        String digits = phone.toString().replaceAll("\\D", "");
        return digits.isEmpty() ? normal(phone) : digits;
    }
}
