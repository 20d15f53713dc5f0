// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** A bundle as far as the runtime reads one: classes from the class path, entries from a folder on it. */
final class FakeBundle {

    private final String folder;

    private FakeBundle(String folder) {
        this.folder = folder;
    }

    static Bundle of(String folder) {
        FakeBundle fake = new FakeBundle(folder);
        return (Bundle) Proxy.newProxyInstance(
                FakeBundle.class.getClassLoader(),
                new Class<?>[] {Bundle.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "loadClass" -> Class.forName((String) arguments[0]);
                    case "getResource" -> loader().getResource((String) arguments[0]);
                    case "getResources" -> loader().getResources((String) arguments[0]);
                    case "getEntry" -> fake.entry((String) arguments[0]);
                    case "findEntries" -> Collections.enumeration(fake.entries((String) arguments[0]));
                    case "getBundleId" -> (long) folder.hashCode();
                    case "getLastModified" -> 0L;
                    case "getVersion" -> new Version(1, 0, 0);
                    case "getSymbolicName", "toString" -> "fake." + folder;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    private static ClassLoader loader() {
        return FakeBundle.class.getClassLoader();
    }

    private URL entry(String path) {
        return path.equals("/") ? loader().getResource("things") : loader().getResource(folder + path);
    }

    private List<URL> entries(String path) {
        URL found = entry(path);
        if (found == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(Path.of(found.toURI()))) {
            return files.filter(Files::isRegularFile).map(FakeBundle::url).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
