// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a reader has to know of the machine to judge the figures. */
final class Machine {

    static final String LOAD = "load average before";

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final double BUSY = 0.5;

    private Machine() {}

    static void describe(Report report) throws IOException, InterruptedException {
        report.machine("commit", commit());
        report.machine("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        report.machine("cores", Integer.toString(SYSTEM.getAvailableProcessors()));
        report.machine("memory", (SYSTEM.getTotalMemorySize() >> 20) + " MB");
        report.machine("Java", Runtime.version().toString());
        report.machine(LOAD, load());
    }

    static String load() {
        return String.format(Locale.ROOT, "%.2f", SYSTEM.getSystemLoadAverage());
    }

    /** Whether something else was running already. */
    static boolean isBusy(String load) {
        return Double.parseDouble(load) > BUSY;
    }

    private static String commit() throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                .redirectErrorStream(true)
                .start();
        String words = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return git.waitFor() == 0 ? words : "unknown";
    }
}
