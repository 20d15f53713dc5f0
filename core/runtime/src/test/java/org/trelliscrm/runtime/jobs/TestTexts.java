// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.io.File;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.trelliscrm.runtime.rest.Problems;
import org.trelliscrm.runtime.texts.Texts;

/** The texts of this bundle without a framework. */
public final class TestTexts {

    private static final Path FOLDER = Path.of("src/main/resources");

    private TestTexts() {}

    public static Problems problems() {
        return new Problems(texts());
    }

    public static Texts texts() {
        Bundle bundle = fake(Bundle.class, (method, arguments) -> switch (method) {
            case "findEntries" -> Collections.enumeration(files((String) arguments[0]));
            case "getBundleId" -> 1L;
            default -> null;
        });
        return new Texts(fake(BundleContext.class, (method, arguments) -> bundle));
    }

    private static List<URL> files(String folder) {
        File[] files = FOLDER.resolve(folder).toFile().listFiles();
        return files == null
                ? List.of()
                : List.of(files).stream().map(TestTexts::url).toList();
    }

    private static URL url(File file) {
        try {
            return file.toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private interface Answer {
        Object of(String method, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> answer.of(method.getName(), args)));
    }
}
