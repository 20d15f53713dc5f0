// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.transfer.Row;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.transfer.CellValues.DateOrder;

/** The rows of a CSV file as the world writes them: any charset, any delimiter, ragged, with quotes that never close. */
final class CsvSource implements RowSource {

    private static final int START_SIZE = 1 << 16;
    private static final char UNDECODABLE = '\ufffd';
    private static final String US_DATES = "outlook";

    private final Path file;
    private final UnaryOperator<InputStream> meter;
    private final TypeInfo type;
    private final CharsetGuess charset;
    private final CsvShape shape;
    private final List<String> headers;
    private final Mapping mapping;
    private final CellValues cells;
    private final @Nullable DateOrder dateOrder;

    /**
     * Looks at the file and decides how to read it.
     *
     * @param meter sees the bytes pass by
     * @throws Invalid if there is nothing in it, or what the caller says does not fit
     */
    CsvSource(
            Path file,
            ImportRequest request,
            TypeInfo type,
            FieldLabels labels,
            Caller caller,
            UnaryOperator<InputStream> meter)
            throws IOException {
        this.file = file;
        this.meter = meter;
        this.type = type;
        charset = request.charset().isEmpty() ? CharsetGuess.of(file) : CharsetGuess.named(request.charset());
        String start = start();
        shape = request.delimiter().isEmpty() ? CsvShape.of(start) : CsvShape.named(request.delimiter(), start);
        List<CsvRecord> first = shape.firstRows(start);
        if (first.isEmpty() || first.get(0).getFields().stream().allMatch(String::isBlank)) {
            throw new Invalid("csv.empty", Map.of());
        }
        headers = numbered(first.get(0).getFields());
        mapping = Mapping.of(headers, type, Presets.of(type), labels, request.mapping());
        dateOrder = dateOrder(first.subList(1, first.size()));
        DateOrder usual = mapping.preset().equals(US_DATES) ? DateOrder.MONTH_FIRST : DateOrder.DAY_FIRST;
        cells = new CellValues(dateOrder == null ? usual : dateOrder, caller.zone(), labels);
    }

    private String start() throws IOException {
        char[] start = new char[START_SIZE];
        int length = 0;
        try (Reader reader = open(Files.newInputStream(file))) {
            for (int read = reader.read(start); read > 0 && length < START_SIZE; ) {
                length += read;
                read = reader.read(start, length, START_SIZE - length);
            }
        }
        return new String(start, 0, length);
    }

    private Reader open(InputStream in) throws IOException {
        Reader reader = new BufferedReader(new InputStreamReader(in, charset.charset()));
        reader.mark(1);
        // The byte order mark is a sign to the reader, not a part of the first header.
        if (reader.read() != '\ufeff') {
            reader.reset();
        }
        return reader;
    }

    /** Columns that have no header, or the same as another one, get a number, so that each can be told. */
    private static List<String> numbered(List<String> row) {
        List<String> headers = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < row.size(); i++) {
            String header = FormulaGuard.remove(row.get(i).strip());
            String name = header.isEmpty() ? "#" + (i + 1) : header;
            for (int n = 2; !taken.add(name); n++) {
                name = header + " " + n;
            }
            headers.add(name);
        }
        return headers;
    }

    private @Nullable DateOrder dateOrder(List<CsvRecord> rows) {
        for (int i = 0; i < headers.size(); i++) {
            int column = i;
            Target target = mapping.targets().get(headers.get(i));
            if (target != null && target.path().leaf(type).elementType().name().equals("date")) {
                Stream<String> dates = rows.stream()
                        .filter(row -> row.getFieldCount() > column)
                        .map(row -> row.getField(column));
                DateOrder proved = CellValues.orderOf(dates.toList()).orElse(null);
                if (proved != null) {
                    return proved;
                }
            }
        }
        return null;
    }

    @Override
    public List<String> columns() {
        return headers;
    }

    @Override
    public Map<String, Object> findings() {
        Map<String, Object> findings = new LinkedHashMap<>();
        findings.put("charset", charset.name());
        findings.put("delimiter", shape.name());
        findings.put("preset", mapping.preset());
        findings.put("mapping", mapping.json());
        return findings;
    }

    @Override
    public void read(Sink sink) throws IOException {
        long last = 0;
        try (CsvReader<CsvRecord> csv = shape.read(open(meter.apply(Files.newInputStream(file))), false)) {
            for (CsvRecord row : csv) {
                if (last > 0 && !isBlank(row)) {
                    sink.accept(row(row), row.getFields());
                }
                last = row.getStartingLineNumber();
            }
        } catch (CsvParseException e) {
            readBroken(sink, last);
        }
    }

    /** What follows a quote that is never closed is one value to the end of the file; it is handed back as it is. */
    private void readBroken(Sink sink, long last) throws IOException {
        try (CsvReader<CsvRecord> csv = shape.read(open(Files.newInputStream(file)), true)) {
            for (CsvRecord row : csv) {
                if (row.getStartingLineNumber() > last) {
                    sink.accept(rejected(row, "csv.unclosedQuote"), row.getFields());
                }
            }
        } catch (CsvParseException e) {
            // Longer than any value or row can be: it cannot even be handed back, so at least its place is told.
            sink.accept(Row.rejected(last + 1, "", "csv.unreadable"), List.of());
        }
    }

    private Row row(CsvRecord row) {
        for (int i = 0; i < row.getFieldCount(); i++) {
            String cell = row.getField(i);
            if (i >= headers.size() && !cell.isBlank()) {
                return rejected(row, "csv.tooManyValues");
            }
            if (cell.indexOf(UNDECODABLE) >= 0) {
                return rejected(row, "csv.undecodable");
            }
        }
        RowBuilder builder = new RowBuilder(type, cells);
        List<String> unused = new ArrayList<>();
        for (int i = 0; i < Math.min(row.getFieldCount(), headers.size()); i++) {
            String cell = FormulaGuard.remove(row.getField(i));
            Target target = mapping.targets().get(headers.get(i));
            if (!cell.isBlank() && (target == null || !builder.put(target, cell))) {
                unused.add(headers.get(i));
            }
        }
        return Row.of(row.getStartingLineNumber(), builder.build(), raw(row), unused);
    }

    private Row rejected(CsvRecord row, String problem) {
        return Row.rejected(row.getStartingLineNumber(), raw(row), problem);
    }

    private String raw(CsvRecord row) {
        return String.join(String.valueOf(shape.delimiter()), row.getFields());
    }

    private static boolean isBlank(CsvRecord row) {
        return row.getFields().stream().allMatch(String::isBlank);
    }
}
