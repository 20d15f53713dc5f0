// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** This bundle as far as the page reads it, its entries taken from the source. */
final class PageBundle {

    static final Path ROOT = Path.of("src/main/resources");

    private PageBundle() {}

    static BundleContext context() {
        Bundle bundle = (Bundle) Proxy.newProxyInstance(
                PageBundle.class.getClassLoader(),
                new Class<?>[] {Bundle.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "findEntries" -> Collections.enumeration(entries((String) arguments[0]));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return (BundleContext) Proxy.newProxyInstance(
                PageBundle.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getBundle" -> bundle;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static List<URL> entries(String folder) {
        try (Stream<Path> found = Files.walk(ROOT.resolve(folder))) {
            return found.map(PageBundle::url).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A URL whose path is that within the bundle, as a framework makes them; a folder's ends with a slash. */
    private static URL url(Path entry) {
        try {
            URL file = entry.toUri().toURL();
            String path =
                    "/" + ROOT.relativize(entry).toString().replace('\\', '/') + (Files.isDirectory(entry) ? "/" : "");
            return new URL("bundle", "1.0", 0, path, new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL url) throws IOException {
                    return file.openConnection();
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
