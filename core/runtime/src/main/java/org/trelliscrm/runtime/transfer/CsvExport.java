// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.data.TypeInfo;

/**
 * Writes records as a table, a list as columns {@code emails[0].address, emails[0].label, emails[1].address…}, named so that
 * import finds each place again. How many columns that makes is known only when the last record has been seen, so the
 * records wait in a file of their own meanwhile; memory holds one at a time.
 */
final class CsvExport {

    private static final String ID = "id";
    private static final String SEPARATOR = " ::: ";

    private final TypeInfo type;
    private final List<String> fields;
    /** For each list: the attributes that some record fills, by place. */
    private final Map<String, TreeMap<Integer, Set<String>>> used = new HashMap<>();

    /** @param fields the fields that are wanted, in order */
    CsvExport(TypeInfo type, List<String> fields) {
        this.type = type;
        this.fields = fields;
    }

    void write(Iterator<Map<String, Object>> records, OutputStream out) throws IOException {
        Path spool = Files.createTempFile("export-", ".jsonl");
        try {
            try (Writer lines = Files.newBufferedWriter(spool, StandardCharsets.UTF_8)) {
                while (records.hasNext()) {
                    Map<String, Object> record = records.next();
                    look(record);
                    lines.write(Json.write(record));
                    lines.write('\n');
                }
            }
            write(spool, out);
        } finally {
            Files.deleteIfExists(spool);
        }
    }

    private void look(Map<String, Object> record) {
        for (String name : fields) {
            if (record.get(name) instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    Set<String> attributes = used.computeIfAbsent(name, any -> new TreeMap<>())
                            .computeIfAbsent(i, any -> new LinkedHashSet<>());
                    if (list.get(i) instanceof Map<?, ?> item) {
                        item.forEach((attribute, value) -> attributes.add((String) attribute));
                    }
                }
            }
        }
    }

    private void write(Path spool, OutputStream out) throws IOException {
        List<RecordPath> columns = columns();
        CsvWriter csv = RejectedRows.open(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        csv.writeRecord(columns.stream().map(RecordPath::toString).toList());
        try (BufferedReader lines = Files.newBufferedReader(spool, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Map<String, Object> record = Json.readObject(line);
                csv.writeRecord(columns.stream()
                        .map(column -> FormulaGuard.add(cell(record, column)))
                        .toList());
            }
        }
        csv.flush();
    }

    private List<RecordPath> columns() {
        List<RecordPath> columns = new ArrayList<>(List.of(RecordPath.of(ID)));
        for (String name : fields) {
            FieldInfo field = type.field(name);
            if (field == null) {
                continue;
            }
            if (RecordPath.isMoney(field) && !field.isList()) {
                columns.add(new RecordPath(name, -1, "amount"));
                columns.add(new RecordPath(name, -1, "currency"));
            } else if (!field.itemFields().isEmpty()) {
                addItems(field, columns);
            } else {
                columns.add(RecordPath.of(name));
            }
        }
        return columns;
    }

    private void addItems(FieldInfo field, List<RecordPath> columns) {
        used.getOrDefault(field.name(), new TreeMap<>())
                .forEach((index, filled) -> field.itemFields().keySet().forEach(attribute -> {
                    if (filled.contains(attribute)) {
                        columns.add(new RecordPath(field.name(), index, attribute));
                    }
                }));
    }

    private static String cell(Map<String, Object> record, RecordPath column) {
        @Nullable Object value = record.get(column.field());
        if (column.index() >= 0) {
            List<?> list = value instanceof List<?> values ? values : List.of();
            value = column.index() < list.size() ? list.get(column.index()) : null;
        }
        if (!column.attribute().isEmpty()) {
            value = value instanceof Map<?, ?> map ? map.get(column.attribute()) : null;
        }
        return text(value);
    }

    private static String text(@Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            return value == null ? "" : value.toString();
        }
        // Import takes plain lists apart where three colons stand, as Google writes them, and at commas if there are
        // none.
        String joined =
                String.join(SEPARATOR, list.stream().map(CsvExport::text).toList());
        return list.size() == 1 && joined.matches(".*[,;].*") ? joined + SEPARATOR.stripTrailing() : joined;
    }
}
