// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import liquibase.resource.AbstractResource;
import liquibase.resource.AbstractResourceAccessor;
import liquibase.resource.Resource;
import org.osgi.framework.Bundle;

/** Lets Liquibase read the files of a bundle. */
final class BundleResources extends AbstractResourceAccessor {

    private final Bundle bundle;

    BundleResources(Bundle bundle) {
        this.bundle = bundle;
    }

    boolean contains(String path) {
        return bundle.getEntry(path) != null;
    }

    /** One checksum over all files of a folder. */
    String checksum(String folder) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Resource resource : search(folder, true)) {
                digest.update(resource.getPath().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                try (InputStream in = resource.openInputStream()) {
                    digest.update(in.readAllBytes());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<Resource> getAll(String path) {
        String clean = path.replaceFirst("^(classpath:)?/*", "");
        URL url = bundle.getEntry(clean);
        return url == null ? List.of() : List.of(new Entry(clean, url));
    }

    @Override
    public List<Resource> search(String path, boolean recursive) {
        Enumeration<URL> entries = bundle.findEntries(path, "*", recursive);
        if (entries == null) {
            return List.of();
        }
        return Collections.list(entries).stream()
                .filter(url -> !url.getPath().endsWith("/"))
                .map(url -> (Resource) new Entry(url.getPath().substring(1), url))
                .sorted(java.util.Comparator.comparing(Resource::getPath))
                .toList();
    }

    @Override
    public List<String> describeLocations() {
        return List.of("bundle " + bundle.getSymbolicName());
    }

    @Override
    public void close() {
        // nothing is held open
    }

    /** One file of the bundle. */
    private final class Entry extends AbstractResource {

        private final URL url;

        Entry(String path, URL url) {
            super(path, URI.create("bundleresource:/" + path));
            this.url = url;
        }

        @Override
        public InputStream openInputStream() throws IOException {
            return url.openStream();
        }

        @Override
        public boolean exists() {
            return true;
        }

        @Override
        public Resource resolve(String other) {
            return find(getPath() + "/" + other);
        }

        @Override
        public Resource resolveSibling(String other) {
            int slash = getPath().lastIndexOf('/');
            return find(getPath().substring(0, slash + 1) + other);
        }

        private Resource find(String path) {
            List<Resource> found = getAll(path);
            return found.isEmpty() ? new NotFoundResource(path, BundleResources.this) : found.get(0);
        }
    }
}
