// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The script {@code crm} of the unpacked distribution, called in an environment of one's choice. */
final class Script {

    private static final AtomicInteger CALLS = new AtomicInteger();

    private final String name;
    private final Path folder;
    private final Map<String, String> environment;

    private Script(String name, Path folder, Map<String, String> environment) {
        this.name = name;
        this.folder = folder;
        this.environment = environment;
    }

    /** The script as somebody calls it who has set nothing but {@code CRM_HOME}; what it says is kept under a name. */
    static Script on(String home, String name) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.keySet().removeIf(variable -> variable.startsWith("CRM_"));
        return new Script(name, Distribution.WORK, environment).with("CRM_HOME", home);
    }

    Script with(String variable, String value) {
        Map<String, String> other = new TreeMap<>(environment);
        other.put(variable, value);
        return new Script(name, folder, other);
    }

    Script without(String variable) {
        Map<String, String> other = new TreeMap<>(environment);
        other.remove(variable);
        return new Script(name, folder, other);
    }

    /** The same, called while in this folder. */
    Script in(Path other) {
        return new Script(name, other, environment);
    }

    /** What the script said, and its exit code. */
    record Said(int code, String words) {}

    /** Calls it with these arguments and waits for its end. */
    Said say(String... arguments) {
        return call(
                Stream.concat(Stream.of(Distribution.unpacked().resolve("crm").toString()), Stream.of(arguments))
                        .toList());
    }

    /** Runs any command in the same environment and waits for its end. */
    Said call(List<String> command) {
        return begin(command).end();
    }

    /** Runs any command in the same environment. */
    Running begin(List<String> command) {
        String file = name + "-" + CALLS.incrementAndGet() + "-" + command.get(command.size() - 1) + ".txt";
        File words = Distribution.WORK.resolve(file.replace('/', '_')).toFile();
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            // Not a pipe: the server would inherit it and keep it open.
            return new Running(
                    builder.redirectErrorStream(true).redirectOutput(words).start(), words.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A call that has not ended yet, perhaps. */
    record Running(Process process, Path file) {

        /** What it has said so far. */
        String words() {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Waits for its end. */
        Said end() {
            try {
                return new Said(process.waitFor(), words());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
