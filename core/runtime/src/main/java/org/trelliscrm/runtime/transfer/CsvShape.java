// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trelliscrm.api.problem.Invalid;

/**
 * How a CSV file is written.
 *
 * @param delimiter what parts the columns
 * @param skipsFirstLine whether the first line is Excel's {@code sep=;} and no row
 */
record CsvShape(char delimiter, boolean skipsFirstLine) {

    /** In this order, if equally likely: commas are found in texts, tabs hardly ever. */
    private static final List<Character> CANDIDATES = List.of('\t', ';', '|', ',');

    private static final Pattern SEP_LINE = Pattern.compile("\"?sep=(.)\"?(\\r|\\n|$)", Pattern.CASE_INSENSITIVE);
    private static final int ROWS_LOOKED_AT = 50;
    private static final int MAX_COLUMNS = 2_000;

    /** The delimiter that the caller says it is: one character, or {@code tab}. */
    static CsvShape named(String delimiter, String start) {
        String plain = delimiter.equalsIgnoreCase("tab") || delimiter.equals("\\t") ? "\t" : delimiter;
        if (plain.length() != 1 || "\"\r\n".contains(plain) || plain.charAt(0) == 0) {
            throw new Invalid("csv.badDelimiter", Map.of("delimiter", delimiter));
        }
        return new CsvShape(plain.charAt(0), SEP_LINE.matcher(start).lookingAt());
    }

    /** Guesses from the start of the file. */
    static CsvShape of(String start) {
        Matcher sep = SEP_LINE.matcher(start);
        if (sep.lookingAt()) {
            return new CsvShape(sep.group(1).charAt(0), true);
        }
        char best = ',';
        double bestScore = 0;
        for (char candidate : CANDIDATES) {
            double score = score(new CsvShape(candidate, false).firstRows(start));
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return new CsvShape(best, false);
    }

    /** High if all rows have as many columns as the first one, and that are several. */
    private static double score(List<CsvRecord> rows) {
        int columns = rows.isEmpty() ? 0 : rows.get(0).getFieldCount();
        if (columns < 2) {
            return 0;
        }
        double fitting = 0;
        for (CsvRecord row : rows) {
            // Rows that are too short are common, rows that are too long are not.
            fitting += row.getFieldCount() == columns ? 1 : row.getFieldCount() < columns ? 0.5 : 0;
        }
        return fitting / rows.size() * Math.log1p(columns);
    }

    /** The first rows of a file of which only the start is known; the last, which may be cut off, is left out. */
    List<CsvRecord> firstRows(String start) {
        List<CsvRecord> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> csv = read(new StringReader(start), true)) {
            for (CsvRecord row : csv) {
                rows.add(row);
                if (rows.size() == ROWS_LOOKED_AT) {
                    return rows;
                }
            }
        } catch (CsvParseException e) {
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows.size() > 1 && !start.endsWith("\n") ? rows.subList(0, rows.size() - 1) : rows;
    }

    /** Reads rows of any length; strict about nothing but, if so wished, a quote that is never closed. */
    // What a stray quote leaves is better taken than the rest of the file refused; fastcsv has announced no other way.
    @SuppressWarnings("removal")
    CsvReader<CsvRecord> read(Reader reader, boolean allowUnclosedQuote) {
        CsvReader<CsvRecord> csv = CsvReader.builder()
                .fieldSeparator(delimiter)
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(true)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowExtraCharsAfterClosingQuote(true)
                .allowUnclosedQuote(allowUnclosedQuote)
                .detectBomHeader(false)
                .build(CsvRecordHandler.builder().maxFields(MAX_COLUMNS).build(), reader);
        if (skipsFirstLine) {
            csv.skipLines(1);
        }
        return csv;
    }

    /** For people. */
    String name() {
        return delimiter == '\t' ? "tab" : String.valueOf(delimiter);
    }
}
