// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that tells the owner of the machine, and nobody else, how to sign in for the first time: line 1 the login, line 2
 * the password. It goes when the password has been changed, since it is worth nothing then.
 */
@Component(service = FirstSignIn.class)
public final class FirstSignIn {

    static final String NAME = "first-sign-in.txt";

    private static final Logger LOG = LoggerFactory.getLogger(FirstSignIn.class);
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path file;

    @Activate
    public FirstSignIn(BundleContext context) {
        this(Path.of(context.getProperty("karaf.base")));
    }

    FirstSignIn(Path folder) {
        this.file = folder.resolve(NAME);
    }

    /** Writes the file; readable by the owner alone from its first byte. */
    void write(String login, String password) throws IOException {
        Path draft = file.resolveSibling(NAME + ".new");
        Files.deleteIfExists(draft);
        try (var channel = Files.newByteChannel(
                draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
            channel.write(StandardCharsets.UTF_8.encode(login + "\n" + password + "\n"));
        }
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        LOG.info("the first sign-in is described in {}", file);
    }

    private static FileAttribute<?>[] ownerOnly() {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Removes the file if it is about this login. */
    void discard(String login) {
        try {
            if (Files.exists(file)) {
                List<String> lines = Files.readAllLines(file);
                if (!lines.isEmpty() && lines.get(0).equals(login)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("could not remove {}, which is of no use any more: {}", file, e.toString());
        }
    }
}
