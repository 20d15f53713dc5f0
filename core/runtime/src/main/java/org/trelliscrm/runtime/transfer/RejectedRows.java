// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file in which rejected rows are handed back: where each stood, why it was refused, and all that it said, so that it can
 * be mended and imported again. Written only if there is a row for it.
 */
final class RejectedRows implements Closeable {

    static final String FILE = "rejected.csv";
    static final String MEDIA_TYPE = "text/csv; charset=utf-8";

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final Path file;
    private final List<String> columns;
    private @Nullable CsvWriter writer;

    RejectedRows(Path folder, List<String> columns) {
        this.file = folder.resolve(FILE);
        this.columns = columns;
    }

    void add(long number, String reason, List<String> cells) throws IOException {
        List<String> row = new ArrayList<>();
        row.add(Long.toString(number));
        row.add(reason);
        row.addAll(cells);
        writer().writeRecord(guarded(row));
    }

    private CsvWriter writer() throws IOException {
        if (writer == null) {
            writer = open(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
            List<String> header = new ArrayList<>(List.of("row", "reason"));
            header.addAll(columns);
            writer.writeRecord(guarded(header));
        }
        return writer;
    }

    /** CSV as Excel opens it without asking: RFC 4180 in UTF-8 with a byte order mark. */
    static CsvWriter open(Writer out) throws IOException {
        out.write(BYTE_ORDER_MARK);
        return CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out);
    }

    private static List<String> guarded(List<String> cells) {
        return cells.stream().map(FormulaGuard::add).toList();
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
