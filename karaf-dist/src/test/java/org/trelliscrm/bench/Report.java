// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was found, as Markdown, which is also fit to be read in a terminal. */
final class Report {

    /**
     * One line of the main table.
     *
     * @param unit what is counted, requests unless it is an import
     */
    record Key(String what, String rights, int clients, String unit) {}

    private final Options options;
    private final Map<Key, Result> server = new LinkedHashMap<>();
    private final Map<Key, Result> raw = new LinkedHashMap<>();
    private final Map<String, String> machine = new LinkedHashMap<>();
    private final Map<String, String> sizes = new LinkedHashMap<>();

    Report(Options options) {
        this.options = options;
    }

    void server(Key key, Result result) {
        server.put(key, result);
    }

    void raw(Key key, Result result) {
        raw.put(key, result);
    }

    void machine(String name, String value) {
        machine.put(name, value);
    }

    void size(String name, String value) {
        sizes.put(name, value);
    }

    /** Whatever failed, of the server or of the database. */
    List<String> errors() {
        List<String> all = new ArrayList<>();
        for (Map<Key, Result> results : List.of(server, raw)) {
            results.forEach((key, result) -> result.errors()
                    .forEach((text, times) ->
                            all.add(key.what() + ", " + key.rights() + ": " + times + " times " + text)));
        }
        return all;
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, markdown());
    }

    String markdown() {
        StringBuilder text = new StringBuilder("# Benchmarks\n\nWritten by `karaf-dist/bench/run`; see"
                + " [karaf-dist/bench](../karaf-dist/bench/README.md) for what is measured and how.\n\n");
        if (isBusy()) {
            text.append(
                    "**Taken on a busy machine: other work took part of it, so these figures are lower bounds.**\n\n");
        }
        text.append("| | |\n|---|---|\n");
        row(text, "date", LocalDate.now(ZoneOffset.UTC).toString());
        machine.forEach((name, value) -> row(text, name, value));
        row(
                text,
                "how",
                seconds(options.warmup.toMillis()) + " s of warm-up for each operation, then "
                        + seconds(options.measured.toMillis())
                        + " s for each line; client, server and database on one machine over loopback");
        text.append("\n## Start, memory, size\n\n| | |\n|---|---|\n");
        sizes.forEach((name, value) -> row(text, name, value));
        text.append(
                "\n## Requests\n\nRaw is the same statements by plain JDBC, with as many threads, on the same data.\n\n");
        text.append("| what | rights | clients | unit | per s | p50 ms | p99 ms | errors | raw per s | of raw |\n");
        text.append("|---|---|--:|---|--:|--:|--:|--:|--:|--:|\n");
        server.forEach((key, result) -> line(text, key, result, raw.get(key)));
        return text.toString();
    }

    private boolean isBusy() {
        return Machine.isBusy(machine.getOrDefault(Machine.LOAD, "0"));
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    private static void line(StringBuilder text, Key key, Result result, Result limit) {
        boolean isImport = key.unit().equals("rows");
        text.append(String.format(
                Locale.ROOT,
                "| %s | %s | %d | %s | %s | %s | %s | %d | %s | %s |%n",
                key.what(),
                key.rights(),
                key.clients(),
                key.unit(),
                rate(result),
                isImport ? "" : millis(result, 50),
                isImport ? "" : millis(result, 99),
                result.errorCount(),
                limit == null ? "" : rate(limit),
                limit == null || limit.perSecond() == 0
                        ? ""
                        : Math.round(100 * result.perSecond() / limit.perSecond()) + " %"));
    }

    private static String rate(Result result) {
        double rate = result.perSecond();
        return String.format(Locale.ROOT, rate < 100 ? "%.1f" : "%,.0f", rate);
    }

    private static String millis(Result result, int percent) {
        return String.format(Locale.ROOT, "%.2f", result.percentileMillis(percent));
    }

    static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
    }
}
