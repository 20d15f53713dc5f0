// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.persistence.Column;
import javax.persistence.Table;
import javax.persistence.Transient;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Money;
import org.trelliscrm.api.record.RecordRef;

/** Compares the attributes of a record type with the columns of its table. */
final class Columns {

    private static final Map<Class<?>, String> TYPES = Map.ofEntries(
            Map.entry(Boolean.class, "boolean"),
            Map.entry(boolean.class, "boolean"),
            Map.entry(Integer.class, "int"),
            Map.entry(int.class, "int"),
            Map.entry(Long.class, "bigint"),
            Map.entry(long.class, "bigint"),
            Map.entry(BigDecimal.class, "decimal(19,4)"),
            Map.entry(Instant.class, "timestamp"),
            Map.entry(LocalDate.class, "date"),
            Map.entry(LocalTime.class, "time"),
            Map.entry(List.class, "clob"));

    /** The longest {@code type:id}. */
    private static final int REFERENCE_LENGTH = 64;

    private final String tableName;
    private final Schema.Table table;
    private final Set<String> seen = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    private Columns(String tableName, Schema.Table table) {
        this.tableName = tableName;
        this.table = table;
    }

    /** Everything that does not fit, in words. */
    static List<String> problems(Class<?> recordType, Schema schema) {
        Table annotation = recordType.getAnnotation(Table.class);
        if (annotation == null || annotation.name().isEmpty()) {
            return List.of(recordType.getSimpleName() + " names no @Table");
        }
        Schema.Table table = schema.tables().get(annotation.name());
        if (table == null || !table.forRecords()) {
            return List.of("no createRecordTable makes " + annotation.name());
        }
        Columns columns = new Columns(annotation.name(), table);
        for (Class<?> c = recordType; c != null && c != BaseRecord.class; c = c.getSuperclass()) {
            Arrays.stream(c.getDeclaredFields()).filter(Columns::isStored).forEach(columns::compare);
        }
        columns.checkRest();
        return columns.problems;
    }

    private static boolean isStored(Field attribute) {
        return !Modifier.isStatic(attribute.getModifiers())
                && !Modifier.isTransient(attribute.getModifiers())
                && !attribute.isAnnotationPresent(Transient.class);
    }

    private void compare(Field attribute) {
        String name = columnName(attribute);
        org.trelliscrm.api.record.Field rules = attribute.getAnnotation(org.trelliscrm.api.record.Field.class);
        Class<?> type = attribute.getType();
        if (type == Money.class) {
            expect(name + "_amount", "decimal(19,4)");
            expect(name + "_currency", "varchar(3)");
        } else if (type == String.class) {
            expectText(name, rules == null ? 255 : rules.maxLength());
        } else if (type == RecordRef.class) {
            expectText(name, REFERENCE_LENGTH);
        } else if (type.isEnum()) {
            expectText(name, longestName(type));
        } else if (TYPES.containsKey(type)) {
            expect(name, TYPES.get(type));
        } else {
            problems.add(attribute + " has a type that is no field type");
        }
        if (rules != null && rules.unique() && !table.isUnique(name)) {
            problems.add(tableName + "." + name + " needs a unique constraint together with tenant_id");
        }
    }

    private static String columnName(Field attribute) {
        Column column = attribute.getAnnotation(Column.class);
        return column != null && !column.name().isEmpty()
                ? column.name()
                : attribute.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static int longestName(Class<?> choices) {
        return Arrays.stream(choices.getEnumConstants())
                .mapToInt(constant -> ((Enum<?>) constant).name().length())
                .max()
                .orElse(0);
    }

    private void expect(String name, String type) {
        String found = typeOf(name, type);
        if (!found.equals(type)) {
            problems.add(tableName + "." + name + " is " + found + " and should be " + type);
        }
    }

    private void expectText(String name, int length) {
        String wanted = "varchar(" + length + ")";
        String found = typeOf(name, wanted);
        boolean longEnough = found.equals("clob")
                || found.matches("varchar\\(\\d+\\)")
                        && Integer.parseInt(found.substring("varchar(".length(), found.length() - 1)) >= length;
        if (!longEnough) {
            problems.add(tableName + "." + name + " is " + found + " and should be " + wanted + " at least");
        }
    }

    private String typeOf(String name, String wanted) {
        seen.add(name);
        Schema.Column column = table.columns().get(name);
        if (column == null) {
            problems.add(tableName + "." + name + " is missing; it should be " + wanted);
            return wanted;
        }
        return column.type();
    }

    // A column that a newer version of the module no longer knows stays for a while, but must not stop its inserts.
    private void checkRest() {
        table.columns().values().stream()
                .filter(column -> !seen.contains(column.name()) && column.mandatory() && !column.hasDefault())
                .forEach(column ->
                        problems.add(tableName + "." + column.name() + " may not be null, and no attribute fills it"));
    }
}
