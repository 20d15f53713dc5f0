// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A folder that looks like an installed Java. Its {@code java} notes what it is called with, and then does as told. */
record FakeJava(Path folder) {

    /** One whose file {@code release} tells this version, and whose {@code java} fails. */
    static FakeJava ofVersion(String version) {
        return ofVersion(version, "exit 1");
    }

    static FakeJava ofVersion(String version, String deed) {
        FakeJava java = of("java-" + version, deed);
        write(java.folder.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return java;
    }

    /** One without a file {@code release}, whose {@code java} says this when asked for its version, and otherwise fails. */
    static FakeJava saying(String words) {
        return of("java-that-speaks", "[ \"$1\" != -version ] || { echo '" + words + "' >&2; exit 0; }\nexit 1");
    }

    private static FakeJava of(String name, String deed) {
        FakeJava java = new FakeJava(Distribution.WORK.resolve(name));
        try {
            Distribution.delete(java.folder);
            Files.createDirectories(java.folder.resolve("bin"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        executable(
                java.folder.resolve("bin").resolve("java"), "printf '%s\\n' \"$@\" >'" + java.notes() + "'\n" + deed);
        return java;
    }

    /** Makes a small shell script. */
    static void executable(Path file, String commands) {
        write(file, "#!/bin/sh\n" + commands + "\n");
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path notes() {
        return folder.resolve("arguments");
    }

    boolean wasRun() {
        return Files.exists(notes());
    }

    /** What it was last called with. */
    List<String> arguments() {
        try {
            return Files.readAllLines(notes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
