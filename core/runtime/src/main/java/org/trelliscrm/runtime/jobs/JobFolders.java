// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.trelliscrm.runtime.data.Ids;

/**
 * Where jobs keep their files: one folder per job under {@code ${karaf.data}/jobs}, named by its id. A folder belongs to
 * the node that made it.
 */
@Component(service = JobFolders.class)
public class JobFolders {

    private final Path root;

    @Activate
    public JobFolders() {
        this(Path.of(System.getProperty("karaf.data", "data"), "jobs"));
    }

    JobFolders(Path root) {
        this.root = root;
    }

    /** The folder of a job; made if it is not there. */
    Path open(long id) throws IOException {
        return Files.createDirectories(of(id));
    }

    /** A file for what is on its way to a job; forgotten after a day if none takes it. */
    public Path newFile() throws IOException {
        return Files.createTempFile(Files.createDirectories(root), "new-", "");
    }

    boolean exists(long id) {
        return Files.isDirectory(of(id));
    }

    /** A file that a job has offered; empty if it is no longer there. */
    Optional<Path> find(long id, JobFile file) {
        Path path = of(id).resolve(file.name());
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Optional.of(path) : Optional.empty();
    }

    boolean isEmpty(long id) throws IOException {
        try (Stream<Path> files = Files.list(of(id))) {
            return files.findAny().isEmpty();
        }
    }

    void remove(long id) {
        remove(of(id));
    }

    /** Removes the folders of jobs that nobody knows any more; young ones stay, their jobs may be about to come. */
    void removeUnknown(LongPredicate known, Instant youngerThan) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        List<Path> folders;
        try (Stream<Path> all = Files.list(root)) {
            folders = all.toList();
        }
        for (Path folder : folders) {
            boolean wanted =
                    Ids.fromText(folder.getFileName().toString()).stream().anyMatch(known);
            if (!wanted && Files.getLastModifiedTime(folder).toInstant().isBefore(youngerThan)) {
                remove(folder);
            }
        }
    }

    private Path of(long id) {
        return root.resolve(Ids.toText(id));
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
