// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The archive that people download, unpacked as they would. */
final class Distribution {

    /** Where tests leave what they need. */
    static final Path WORK =
            Path.of(System.getProperty("crm.work", "target/it")).toAbsolutePath();

    private static Path unpacked;

    private Distribution() {}

    /** The folder with {@code crm} in it. */
    static synchronized Path unpacked() {
        if (unpacked == null) {
            unpacked = unpack(Path.of(System.getProperty("crm.archive")));
        }
        return unpacked;
    }

    private static Path unpack(Path archive) {
        Path target = WORK.resolve("distribution");
        try {
            delete(target);
            Files.createDirectories(target);
            Process tar = new ProcessBuilder("tar", "xzf", archive.toString(), "-C", target.toString())
                    .inheritIO()
                    .start();
            if (tar.waitFor() != 0) {
                throw new IllegalStateException("cannot unpack " + archive);
            }
            try (Stream<Path> folders = Files.list(target)) {
                return folders.findFirst().orElseThrow();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The files below a folder whose names fit one of these patterns. */
    static List<Path> find(Path folder, String... globs) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(file -> Stream.of(globs).anyMatch(glob -> folder.getFileSystem()
                            .getPathMatcher("glob:" + glob)
                            .matches(file.getFileName())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder with all that is in it, if it is there. */
    static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
