// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.persistence.Column;
import javax.persistence.Table;
import org.trelliscrm.api.record.BaseRecord;

/** Writes records into their tables, as far as this module reads them there. */
final class Rows {

    private final Database database;

    Rows(Database database) {
        this.database = database;
    }

    void write(BaseRecord record, int tenant) {
        String table = record.getClass().getAnnotation(Table.class).name();
        Map<String, Object> values = values(record);
        String changed = values.keySet().stream().map(column -> column + " = ?").collect(Collectors.joining(", "));
        Object[] bound = values.values().toArray();
        if (database.update("update " + table + " set " + changed + " where id = " + record.id(), bound) == 0) {
            database.update(
                    "insert into " + table + " (tenant_id, id, version, created_at, updated_at, "
                            + String.join(", ", values.keySet()) + ") values (" + tenant + ", " + record.id()
                            + ", 1, current_timestamp, current_timestamp, ?" + ", ?".repeat(bound.length - 1) + ")",
                    bound);
        }
        if (record.deletedAt() != null) {
            database.update("update " + table + " set deleted_at = ? where id = ?", record.deletedAt(), record.id());
        }
    }

    private static Map<String, Object> values(BaseRecord record) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (java.lang.reflect.Field attribute : record.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(attribute.getModifiers()) && attribute.getType() != List.class) {
                try {
                    attribute.setAccessible(true);
                    Object value = attribute.get(record);
                    if (value != null) {
                        values.put(column(attribute), Objects.requireNonNull(value));
                    }
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return values;
    }

    private static String column(java.lang.reflect.Field attribute) {
        Column column = attribute.getAnnotation(Column.class);
        return column != null
                ? column.name()
                : attribute.getName().replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
