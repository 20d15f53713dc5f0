// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;

/**
 * The files of the page by the address that they are found at: {@code page/index.html} of the bundle at {@code /}, all others
 * below {@code /ui/}. They are read once, when the bundle starts, and looked up by their whole address: no part of an address
 * ever becomes a path.
 */
final class PageFiles {

    private static final String FOLDER = "page/";
    private static final String START = FOLDER + "index.html";
    private static final String BELOW = "/ui/";

    private final Map<String, PageFile> files = new HashMap<>();

    PageFiles(Bundle bundle) {
        Enumeration<URL> found = bundle.findEntries(FOLDER, "*", true);
        for (URL file : found == null ? List.<URL>of() : Collections.list(found)) {
            // A folder is told with a slash at its end.
            if (!file.getPath().endsWith("/")) {
                String name = file.getPath().replaceFirst("^/", "");
                files.put(address(name), PageFile.of(name, read(file)));
            }
        }
    }

    private static String address(String name) {
        return name.equals(START) ? "/" : BELOW + name.substring(FOLDER.length());
    }

    private static byte[] read(URL file) {
        try (InputStream in = file.openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file at an address that begins with a slash. */
    Optional<PageFile> at(String address) {
        return Optional.ofNullable(files.get(address));
    }
}
