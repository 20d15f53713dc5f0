// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.trelliscrm.api.module.Module;
import org.trelliscrm.api.record.RecordType;

/**
 * What the built jar of every module keeps, so that it can be installed into a system that is serving, and removed from
 * it. Needs the jar, so it runs in the integration phase: {@code class PipelineBundleIT extends BundleRules {}} in the
 * module's root package.
 */
public abstract class BundleRules {

    private final ModuleUnderTest module = ModuleCache.of(getClass());
    private final Attributes manifest = manifest(module);

    private static Attributes manifest(ModuleUnderTest module) {
        try (InputStream in = Files.newInputStream(module.classes().resolve("META-INF/MANIFEST.MF"))) {
            return new Manifest(in).getMainAttributes();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The module is not in its jar: name the class …IT, so that it runs when the" + " jar is built", e);
        }
    }

    private String header(String name) {
        return Objects.requireNonNullElse(manifest.getValue(name), "");
    }

    @Test
    final void theBundleIsCalledLikeItsPackage() {
        assertThat(header("Bundle-SymbolicName").replaceAll(";.*", "")).isEqualTo(module.rootPackage());
    }

    @Test
    final void whatComesOrGoesBesideItDoesNotRestartIt() {
        assertThat(header("Import-Package")).doesNotContain("optional");
        assertThat(header("Require-Capability")).doesNotContain("optional");
        assertThat(header("DynamicImport-Package")).isEmpty();
        assertThat(header("Require-Bundle")).isEmpty();
    }

    @Test
    final void itExportsNothing() {
        assertThat(header("Export-Package")).isEmpty();
    }

    @Test
    final void itTakesTheApiInTheVersionsThatItWasBuiltFor() {
        assertThat(Headers.parse(header("Import-Package")))
                .filteredOn(clause -> clause.path().startsWith("org.trelliscrm.api."))
                .isNotEmpty()
                .allSatisfy(clause -> assertThat(clause.attributes().get("version"))
                        .as(clause.path())
                        .matches("\\[.+,.+\\)"));
    }

    @Test
    final void itSaysThatItIsAModuleAndNeedsTheRuntime() {
        String id = module.id().orElseThrow();

        assertThat(capabilities(Module.NAMESPACE))
                .extracting(one -> one.get("id"))
                .containsExactly(id);
        assertThat(header("Require-Capability")).contains(Module.RUNTIME);
    }

    @Test
    final void itNamesItsRecordTypes() {
        List<String> declared = module.recordTypes().stream()
                .map(type -> type.getAnnotation(RecordType.class).name() + " " + type.getName())
                .toList();

        assertThat(capabilities(RecordType.NAMESPACE))
                .extracting(one -> one.get("name") + " " + one.get("class"))
                .containsExactlyInAnyOrderElementsOf(declared);
    }

    private List<Map<String, String>> capabilities(String namespace) {
        return Headers.parse(header("Provide-Capability")).stream()
                .filter(clause -> clause.path().equals(namespace))
                .map(Headers.Clause::attributes)
                .toList();
    }
}
