// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.trelliscrm.dist.Installation;

/** Installs the distribution and measures what anybody notices first: its size, its starts, its memory at rest. */
final class Starts {

    private final Options options;
    private final Report report;
    private final PrintStream out;

    Starts(Options options, Report report, PrintStream out) {
        this.options = options;
        this.report = report;
        this.out = out;
    }

    /** An installation that runs, with nothing in it. */
    Installation install() throws IOException, InterruptedException {
        report.size("archive", (Files.size(Path.of(System.getProperty("crm.archive"))) >> 20) + " MB");
        List<Long> first = new ArrayList<>();
        for (int i = 1; i <= options.starts; i++) {
            Installation fresh = Installation.install("bench-fresh-" + i, options.postgresql);
            first.add(timed(fresh::start));
            fresh.stop();
            fresh.delete();
        }
        tell("first start", first);

        Installation installation = Installation.install("bench", options.postgresql);
        installation.startFirst();
        List<Long> later = new ArrayList<>();
        for (int i = 0; i < options.starts; i++) {
            installation.stop();
            later.add(timed(installation::start));
        }
        tell("later start", later);
        ServerProcess.Memory memory = new ServerProcess(installation.pid()).memory();
        report.size("memory at rest", memory.resident() + " MB, " + memory.heap() + " MB of heap in use");
        return installation;
    }

    private static long timed(Runnable start) {
        long begin = System.nanoTime();
        start.run();
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }

    private void tell(String what, List<Long> millis) {
        String text = millis.stream().sorted().map(Report::seconds).collect(Collectors.joining(", ")) + " s";
        report.size(what, text);
        out.println(what + ": " + text);
    }
}
