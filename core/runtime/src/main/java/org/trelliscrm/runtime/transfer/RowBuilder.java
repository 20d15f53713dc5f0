// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.TypeInfo;

/** Puts the cells of one row together into one record, JSON-shaped. Made for one row. */
final class RowBuilder {

    private static final Pattern WITHOUT_YEAR = Pattern.compile("\\s*--\\d\\d-?\\d\\d\\s*");

    /** How Google writes several values into one cell. */
    private static final Pattern SEVERAL = Pattern.compile("\\s*:::\\s*");

    private static final Pattern COMMAS = Pattern.compile("[,;]");

    private final TypeInfo type;
    private final CellValues cells;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, TreeMap<Integer, Map<String, Object>>> items = new LinkedHashMap<>();
    private final Map<RecordPath, String> constants = new LinkedHashMap<>();

    RowBuilder(TypeInfo type, CellValues cells) {
        this.type = type;
        this.cells = cells;
    }

    /** Puts a cell in its place; false if another column has filled it already. */
    boolean put(Target target, String cell) {
        boolean fits = put(target.path(), cell);
        if (fits) {
            constants.putAll(target.constants());
        }
        return fits;
    }

    private boolean put(RecordPath path, String cell) {
        FieldInfo field = path.leaf(type);
        if (field.type().name().equals("date") && WITHOUT_YEAR.matcher(cell).matches()) {
            // Google writes birthdays so; told as unused rather than losing the person for it.
            return false;
        }
        if (path.attribute().isEmpty() && field.isList()) {
            return addAll(path, field, cell);
        }
        Map<String, Object> owner = path.attribute().isEmpty() ? values : owner(path);
        String name = path.attribute().isEmpty() ? path.field() : path.attribute();
        if (RecordPath.isMoney(field) && !path.attribute().isEmpty()) {
            return owner.putIfAbsent(name, name.equals("amount") ? CellValues.number(cell) : cell.strip()) == null;
        }
        Object before = owner.get(name);
        if (before instanceof String text && field.type().name().equals("multiline")) {
            owner.put(name, text + "\n" + cell);
            return true;
        }
        boolean several = owner != values && SEVERAL.matcher(cell).find();
        // Taken apart at the end, when the whole item is known.
        return owner.putIfAbsent(name, several ? cell : cells.value(field, cell)) == null;
    }

    @SuppressWarnings("unchecked")
    private boolean addAll(RecordPath path, FieldInfo field, String cell) {
        List<Object> list = (List<Object>) values.computeIfAbsent(path.field(), name -> new ArrayList<>());
        // Where three colons part the values, a comma belongs to one of them.
        Pattern parts = SEVERAL.matcher(cell).find() ? SEVERAL : COMMAS;
        for (String part : parts.split(cell.strip())) {
            if (!part.isBlank()) {
                list.add(cells.value(field, part));
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> owner(RecordPath path) {
        FieldInfo field = Objects.requireNonNull(type.field(path.field()));
        return field.isList()
                ? items.computeIfAbsent(path.field(), name -> new TreeMap<>())
                        .computeIfAbsent(path.item(), index -> new LinkedHashMap<>())
                : (Map<String, Object>) values.computeIfAbsent(path.field(), name -> new LinkedHashMap<>());
    }

    /** The record, with what the mapping says besides; a column that nothing fills adds nothing. */
    Map<String, Object> build() {
        constants.forEach(this::put);
        items.forEach((name, list) -> {
            List<Object> all = new ArrayList<>();
            list.values().forEach(item -> all.addAll(parted(name, item)));
            values.put(name, all);
        });
        return values;
    }

    private List<Map<String, Object>> parted(String field, Map<String, Object> item) {
        int count = 1;
        for (Object value : item.values()) {
            count = Math.max(count, value instanceof String text ? SEVERAL.split(text).length : 1);
        }
        List<Map<String, Object>> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(count == 1 ? item : part(field, item, i));
        }
        return parts;
    }

    /** The n-th of several: its own part of each cell that has several, the whole of each that has one. */
    private Map<String, Object> part(String list, Map<String, Object> item, int number) {
        Map<String, Object> part = new LinkedHashMap<>();
        item.forEach((name, value) -> {
            if (!(value instanceof String text) || !SEVERAL.matcher(text).find()) {
                part.put(name, value);
                return;
            }
            String[] pieces = SEVERAL.split(text.strip());
            if (number < pieces.length && !pieces[number].isBlank()) {
                part.put(name, cells.value(new RecordPath(list, -1, name).leaf(type), pieces[number]));
            }
        });
        return part;
    }
}
