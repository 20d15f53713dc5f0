// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.trelliscrm.api.problem.Problem;
import org.trelliscrm.api.record.RecordAction;
import org.trelliscrm.api.record.RecordType;

/**
 * The keys of the texts that a module's code asks for. The code of a problem begins with the module's id and stands as a
 * constant in a class that knows problems; one that stands elsewhere may have a text and need not.
 */
final class TextKeys {

    private final ModuleUnderTest module;
    private final Set<String> keys = new TreeSet<>();
    private final Set<String> optional = new TreeSet<>();

    private TextKeys(ModuleUnderTest module) {
        this.module = module;
    }

    static TextKeys of(ModuleUnderTest module) {
        TextKeys found = new TextKeys(module);
        String id = module.id().orElseThrow();
        found.keys.addAll(Set.of("module." + id + ".name", "module." + id + ".description"));
        module.recordTypes().forEach(found::addType);
        module.actions().forEach(found::addAction);
        found.addProblems();
        return found;
    }

    /** The keys that every catalogue must have. */
    Set<String> expected() {
        return keys;
    }

    /** The keys that a catalogue may have besides. */
    Set<String> optional() {
        return optional;
    }

    private void addType(Class<?> recordType) {
        String type = recordType.getAnnotation(RecordType.class).name();
        keys.add("type." + type);
        keys.add("type." + type + ".plural");
        addFields(type, recordType);
    }

    private void addFields(String path, Class<?> owner) {
        for (Field attribute : Attributes.of(owner)) {
            if (attribute.getAnnotation(org.trelliscrm.api.record.Field.class).internal()) {
                continue;
            }
            String field = path + "." + attribute.getName();
            keys.add("field." + field);
            Class<?> value = valueType(attribute);
            if (value.isEnum()) {
                for (Object constant : value.getEnumConstants()) {
                    keys.add("choice." + field + "."
                            + ((Enum<?>) constant).name().toLowerCase(Locale.ROOT));
                }
            } else if (attribute.getType() == List.class) {
                addFields(field, value);
            }
        }
    }

    private static Class<?> valueType(Field attribute) {
        return attribute.getType() == List.class
                ? (Class<?>) ((ParameterizedType) attribute.getGenericType()).getActualTypeArguments()[0]
                : attribute.getType();
    }

    private void addAction(RecordAction<?> action) {
        String type = action.type().getAnnotation(RecordType.class).name();
        String key = "action." + type + "." + action.name();
        keys.add(key);
        action.parameters().forEach(parameter -> keys.add(key + "." + parameter.name()));
    }

    private void addProblems() {
        addCodes(apiStrings(), optional);
        for (JavaClass type : module.code()) {
            boolean knowsProblems = type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(dependency -> isAboutProblems(dependency.getTargetClass()));
            Path file = module.classes().resolve(type.getName().replace('.', '/') + ".class");
            addCodes(strings(file), knowsProblems ? keys : optional);
        }
    }

    private void addCodes(Set<String> constants, Set<String> target) {
        String prefix = module.id().orElseThrow() + ".";
        constants.stream()
                .filter(text -> text.startsWith(prefix)
                        && text.substring(prefix.length()).matches("[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*"))
                .forEach(code -> target.add("problem." + code));
    }

    private static boolean isAboutProblems(JavaClass type) {
        return type.getPackageName().equals(Problem.class.getPackageName())
                || type.getPackageName().equals("org.trelliscrm.api.transfer");
    }

    private static Set<String> apiStrings() {
        Path api = ModuleUnderTest.sourceOf(Problem.class);
        if (Files.isDirectory(api)) {
            return stringsBelow(api);
        }
        try (FileSystem jar = FileSystems.newFileSystem(api)) {
            return stringsBelow(jar.getPath("/org/trelliscrm/api"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> stringsBelow(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            Set<String> found = new HashSet<>();
            files.filter(file -> file.toString().endsWith(".class")).forEach(file -> found.addAll(strings(file)));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> strings(Path classFile) {
        try (InputStream in = Files.newInputStream(classFile)) {
            return ClassStrings.of(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
