// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.trelliscrm.api.module.Module;
import org.trelliscrm.api.record.RecordAction;
import org.trelliscrm.api.record.RecordType;

/** A bundle as the build left it: found from the test class that stands in its root package. */
final class ModuleUnderTest {

    private final String rootPackage;
    private final ClassLoader loader;
    private final Path classes;
    private final JavaClasses code;

    ModuleUnderTest(Class<?> rulesTest) {
        rootPackage = rulesTest.getPackageName();
        loader = rulesTest.getClassLoader();
        classes = mainClasses(rootPackage, loader);
        code = new ClassFileImporter().importLocations(List.of(Location.of(classes.toUri())));
    }

    // The package-info is the one class that every bundle's root package has; tests have none.
    private static Path mainClasses(String rootPackage, ClassLoader loader) {
        String packageInfo = rootPackage.replace('.', '/') + "/package-info.class";
        try {
            List<URL> found = Collections.list(loader.getResources(packageInfo));
            if (found.size() != 1) {
                throw new IllegalStateException("The test must stand in the root package of its module, and that needs"
                        + " one package-info with annotations; found: " + found);
            }
            URLConnection connection = found.get(0).openConnection();
            if (connection instanceof JarURLConnection jar) {
                Path file = Path.of(jar.getJarFileURL().toURI());
                return FileSystems.newFileSystem(file).getPath("/");
            }
            Path file = Path.of(found.get(0).toURI());
            return file.resolve("../".repeat(packageInfo.split("/").length)).normalize();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    String rootPackage() {
        return rootPackage;
    }

    /** The folder, on disk or in the jar, with the main classes and resources. */
    Path classes() {
        return classes;
    }

    /** The main classes, for ArchUnit. */
    JavaClasses code() {
        return code;
    }

    /** What {@link Module} says; empty if the bundle is no module. */
    Optional<String> id() {
        return code.getPackage(rootPackage)
                .tryGetAnnotationOfType(Module.class.getName())
                .map(module -> (String) module.get("id").orElseThrow());
    }

    /** What the names of its tables begin with. */
    String tablePrefix() {
        return id().orElseThrow(() -> new IllegalStateException("no @Module on " + rootPackage))
                        .replace('-', '_') + "_";
    }

    /** The classes with {@link RecordType}. */
    List<Class<?>> recordTypes() {
        return code.stream()
                .filter(type -> type.isAnnotatedWith(RecordType.class))
                .<Class<?>>map(this::load)
                .toList();
    }

    /** Its actions, made with nothing injected: only asked for what they are called. */
    List<RecordAction<?>> actions() {
        return code.stream()
                .filter(type -> type.isAssignableTo(RecordAction.class) && !type.isInterface())
                .filter(type -> !type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT))
                .<RecordAction<?>>map(type -> (RecordAction<?>) Attributes.instance(load(type)))
                .toList();
    }

    private Class<?> load(JavaClass type) {
        try {
            return Class.forName(type.getName(), false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file of the bundle, as text. */
    Optional<String> resource(String path) {
        Path file = classes.resolve(path);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException(file + " is not UTF-8", e);
        }
    }

    /** The place that a class was loaded from. */
    static Path sourceOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
