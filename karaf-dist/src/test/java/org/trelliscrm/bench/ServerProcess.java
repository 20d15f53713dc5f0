// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Looks into the running server with the tools of the JDK. */
final class ServerProcess {

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final int MEGABYTE = 1 << 20;

    private final long pid;

    ServerProcess(long pid) {
        this.pid = pid;
    }

    /**
     * Memory in megabytes.
     *
     * @param resident what the system has given to the process
     * @param heap what the heap holds after everything that is not needed has been cleared away
     */
    record Memory(long resident, long heap) {}

    Memory memory() throws IOException, InterruptedException {
        long resident =
                Long.parseLong(run("ps", "-o", "rss=", "-p", Long.toString(pid)).strip()) / 1024;
        // The histogram of what lives clears away the rest first.
        String histogram = jcmd("GC.class_histogram");
        long heap = TOTAL.matcher(histogram)
                .results()
                .map(MatchResult::group)
                .mapToLong(total -> Long.parseLong(total.substring(total.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new IOException("jcmd tells no total: " + histogram));
        return new Memory(resident, heap / MEGABYTE);
    }

    void startRecording() throws IOException, InterruptedException {
        jcmd("JFR.start", "name=bench", "settings=profile");
    }

    void stopRecording(Path file) throws IOException, InterruptedException {
        jcmd("JFR.stop", "name=bench", "filename=" + file);
    }

    private String jcmd(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        words.addAll(List.of(command));
        return run(words.toArray(String[]::new));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + words);
        }
        return words;
    }
}
