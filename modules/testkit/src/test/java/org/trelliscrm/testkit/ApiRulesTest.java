// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What modules build on: the packages of {@code api}. They stand here because {@code api} cannot depend on the kit. */
class ApiRulesTest {

    private static final JavaClasses API = new ClassFileImporter().importPackages("org.trelliscrm.api");

    @Test
    void theApiKnowsNobodyElseOfOurs() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are ours and no API",
                        (JavaClass type) -> type.getPackageName().startsWith("org.trelliscrm.")
                                && !type.getPackageName().startsWith("org.trelliscrm.api")))
                .check(API);
    }

    @Test
    void everyPackageIsExportedVersionedAndNullMarked() {
        Set<JavaPackage> packages = API.getPackage("org.trelliscrm.api").getSubpackages();

        assertThat(packages).isNotEmpty().allSatisfy(one -> assertThat(one.getAnnotations())
                .as(one.getName())
                .extracting(annotation -> annotation.getRawType().getName())
                .contains(
                        "org.osgi.annotation.bundle.Export",
                        "org.osgi.annotation.versioning.Version",
                        "org.jspecify.annotations.NullMarked"));
    }

    @Test
    void everyServiceSaysWhoImplementsIt() {
        classes()
                .that()
                .areInterfaces()
                .and()
                .areTopLevelClasses()
                .and()
                .areNotAnnotations()
                .and()
                .doNotHaveSimpleName("package-info")
                .and(DescribedPredicate.not(DescribedPredicate.describe("are sealed", ApiRulesTest::isSealed)))
                .should()
                .beAnnotatedWith("org.osgi.annotation.versioning.ProviderType")
                .orShould()
                .beAnnotatedWith("org.osgi.annotation.versioning.ConsumerType")
                .check(API);
    }

    private static boolean isSealed(JavaClass type) {
        return type.reflect().isSealed();
    }
}
