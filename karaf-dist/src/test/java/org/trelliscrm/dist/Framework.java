// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Looks into a running server from outside: at its bundles through the console, at its class loaders through the JDK's
 * {@code jcmd}, at what was refreshed in its log.
 *
 * <p>A bundle that is restarted registers its services anew, and services are numbered in the order of their registration:
 * so a bundle whose state, time stamp and service numbers are what they were has not been touched in between.
 */
final class Framework {

    private static final Set<String> MODULES = Set.of("org.trelliscrm.pipeline", "org.trelliscrm.example");

    private static final int TOLERATED_CLASS_LOADERS = 2;

    /** Made by the Java runtime and by Derby for single methods and statements, as they are used. */
    private static final Set<String> CLASS_LOADERS_THAT_COME_AND_GO = Set.of(
            "jdk.internal.reflect.DelegatingClassLoader", "org.apache.derby.impl.services.reflect.ReflectLoaderJava2");

    private static final String LIST_BUNDLES = "each ($.context bundles) {"
            + " echo bundle ($it symbolicName) ($it state) ($it lastModified);"
            + " each ($it registeredServices) { echo service ($it property service.id) } }";

    private final Server server;

    Framework(Server server) {
        this.server = server;
    }

    /**
     * What can be compared.
     *
     * @param bundles the state of each bundle that is no module, with the numbers of its services
     * @param classLoaders how many class loaders there are of each kind
     * @param logLines how long the log is
     */
    record State(Map<String, String> bundles, Map<String, Integer> classLoaders, int logLines) {}

    State state() {
        return new State(bundles(), classLoaders(), server.log().size());
    }

    /** Fails if anything but the modules was restarted or refreshed, or if they have left anything behind. */
    void expectUndisturbedSince(State before) {
        assertThat(bundles()).isEqualTo(before.bundles());
        assertThat(logSince(before)).noneMatch(line -> line.contains(" ERROR ") || line.contains("Refreshing bundles"));
        // Some caches of the JDK let go of a class only a few seconds after its last use.
        Await.until(
                "there are not many more class loaders than " + before.classLoaders(),
                Duration.ofSeconds(40),
                this::classLoaders,
                after -> sum(after) <= sum(before.classLoaders()) + TOLERATED_CLASS_LOADERS);
    }

    private List<String> logSince(State before) {
        List<String> log = server.log();
        // The log may have begun a new file.
        return log.subList(log.size() < before.logLines() ? 0 : before.logLines(), log.size());
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private Map<String, String> bundles() {
        Map<String, String> bundles = new TreeMap<>();
        String bundle = "";
        for (String line : console(LIST_BUNDLES)) {
            String[] words = line.split(" ", 3);
            if (words[0].equals("bundle")) {
                bundle = words[1];
                bundles.put(bundle, words[2]);
            } else if (words[0].equals("service")) {
                bundles.merge(bundle, words[1], (known, service) -> known + " " + service);
            }
        }
        assertThat(bundles).containsKey("org.trelliscrm.runtime");
        bundles.keySet().removeAll(MODULES);
        return bundles;
    }

    /** Runs a command in the server's console and tells what it printed. */
    List<String> console(String command) {
        Path home = server.home();
        List<String> line = new ArrayList<>(List.of(java("java"), "-Xmx64m", "-XX:TieredStopAtLevel=1"));
        for (String folder : List.of("etc", "data")) {
            line.add("-Dkaraf." + folder + "=" + home.resolve(folder));
        }
        line.addAll(
                List.of("-Dkaraf.home=" + Distribution.unpacked(), "-Dkaraf.base=" + home, "-cp", clientClassPath()));
        line.addAll(List.of("org.apache.karaf.client.Main", "-h", "127.0.0.1", "-r", "30", "-d", "1"));
        line.addAll(List.of("-a", Integer.toString(server.sshPort()), command));
        return run(line);
    }

    private static String clientClassPath() {
        Path system = Distribution.unpacked().resolve("system");
        return Distribution.find(system, "org.apache.karaf.client-*.jar", "sshd-*.jar", "jansi-*.jar", "jline-*.jar")
                .stream()
                .map(Path::toString)
                .collect(Collectors.joining(":"));
    }

    private Map<String, Integer> classLoaders() {
        String pid = Long.toString(server.pid());
        run(List.of(java("jcmd"), pid, "GC.run"));
        Map<String, Integer> counts = new TreeMap<>();
        // ClassLoader Parent CLD* Classes ChunkSz BlockSz Type
        for (String line : run(List.of(java("jcmd"), pid, "VM.classloader_stats"))) {
            String[] words = line.strip().split("\\s+");
            if (words[0].startsWith("0x") && words.length == 7 && !CLASS_LOADERS_THAT_COME_AND_GO.contains(words[6])) {
                counts.merge(words[6], 1, Integer::sum);
            }
        }
        assertThat(counts).isNotEmpty();
        return counts;
    }

    private static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    /** Runs a program; its standard input stays open, for the console ends with it. */
    private static List<String> run(List<String> line) {
        try {
            Process process = new ProcessBuilder(line)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("%s: %s", line, output).isZero();
            return output.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
