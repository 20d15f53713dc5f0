// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * How the code of every bundle is built, core bundles too: who may know whom, and what production code leaves alone. A
 * bundle keeps them by one empty class in its root package: {@code class RuntimeRulesTest extends ArchitectureRules {}}.
 */
public abstract class ArchitectureRules {

    private static final String COMPONENT = "org.osgi.service.component.annotations.Component";
    private static final String REFERENCE = "org.osgi.service.component.annotations.Reference";

    static final ArchRule TIME = noClasses()
            .should()
            .accessTargetWhere(readsTheTime())
            .because("a test must be able to say what time it is: inject java.time.Clock");

    static final ArchRule SLEEP = noClasses()
            .should()
            .accessTargetWhere(owner(Thread.class, "sleep"))
            .because("a sleeping thread can neither be stopped nor tested");

    // Karaf hands a shell command the console of its session as System.out.
    static final ArchRule LOGGING = noClasses()
            .that()
            .areNotAssignableTo("org.apache.karaf.shell.api.action.Action")
            .should()
            .dependOnClassesThat(resideInAPackage("java.util.logging.."))
            .orShould()
            .accessTargetWhere(owner(System.class, "out", "err"))
            .orShould()
            .accessTargetWhere(named("printStackTrace"))
            .because("an administrator reads one log");

    // What comes and goes while the component lives cannot come through a constructor.
    static final ArchRule INJECTION = fields().that()
            .areAnnotatedWith(REFERENCE)
            .or()
            .areAnnotatedWith("javax.inject.Inject")
            .should()
            .haveModifier(JavaModifier.VOLATILE)
            .because("what a constructor has taken is there, and final");

    static final ArchRule COMPONENTS = classes()
            .that(annotatedWith(COMPONENT))
            .should()
            .bePublic()
            .andShould(havePublicConstructor())
            .because("Felix SCR calls public constructors of public classes and no others");

    private final ModuleUnderTest module = ModuleCache.of(getClass());

    final ModuleUnderTest module() {
        return module;
    }

    final void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(module.code());
    }

    @Test
    final void itKnowsTheApiAndNobodyElseOfOurs() {
        DescribedPredicate<JavaClass> others = resideInAPackage("org.trelliscrm..")
                .and(DescribedPredicate.not(resideInAPackage(module.rootPackage() + "..")))
                .and(DescribedPredicate.not(resideInAPackage("org.trelliscrm.api..")))
                .and(DescribedPredicate.not(resideInAPackage("org.trelliscrm.*.api..")))
                .as("are the inside of another bundle");

        check(noClasses()
                .should()
                .dependOnClassesThat(others)
                .because("what a bundle does not publish may change any day; another module's records are reached"
                        + " through Records, by the names of their types"));
    }

    @Test
    final void itTakesTheTimeFromTheClock() {
        check(TIME);
    }

    @Test
    final void itNeverSleeps() {
        check(SLEEP);
    }

    @Test
    final void itLogsThroughSlf4jOnly() {
        check(LOGGING);
    }

    @Test
    final void servicesComeThroughTheConstructor() {
        check(INJECTION);
    }

    @Test
    final void aComponentCanBeMadeByTheFramework() {
        check(COMPONENTS);
    }

    @Test
    final void nobodyActivatesABundleByHand() {
        check(noClasses()
                .should()
                .beAssignableTo("org.osgi.framework.BundleActivator")
                .because("a component says what it needs, an activator has to find out"));
    }

    @Test
    final void everyPackageIsNullMarked() {
        assertThat(module.code().stream()
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(one -> !one.isAnnotatedWith(NullMarked.class.getName()))
                        .map(one -> one.getName()))
                .as("packages without @NullMarked in their package-info")
                .isEmpty();
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheTime() {
        return DescribedPredicate.describe("reads the time of the machine", access -> {
            String owner = access.getTargetOwner().getName();
            String name = access.getName();
            boolean isNow = owner.startsWith("java.time.")
                    && name.equals("now")
                    && access.getTarget() instanceof CodeUnitAccessTarget method
                    && method.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
            return isNow
                    || owner.equals(System.class.getName()) && name.equals("currentTimeMillis")
                    || owner.equals(Calendar.class.getName()) && name.equals("getInstance")
                    || owner.equals(Date.class.getName())
                            && access.getTarget() instanceof CodeUnitAccessTarget constructor
                            && name.equals(JavaConstructor.CONSTRUCTOR_NAME)
                            && constructor.getRawParameterTypes().isEmpty();
        });
    }

    private static DescribedPredicate<JavaAccess<?>> owner(Class<?> owner, String... members) {
        return DescribedPredicate.describe(
                owner.getSimpleName() + "." + String.join(" or ", members),
                access -> access.getTargetOwner().isEquivalentTo(owner)
                        && List.of(members).contains(access.getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> named(String member) {
        return DescribedPredicate.describe(member, access -> access.getName().equals(member));
    }

    private static ArchCondition<JavaClass> havePublicConstructor() {
        return new ArchCondition<>("have a public constructor") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean found = type.getConstructors().stream()
                        .anyMatch(constructor -> constructor.getModifiers().contains(JavaModifier.PUBLIC));
                events.add(new SimpleConditionEvent(
                        type, found, type.getName() + (found ? " has" : " lacks") + " a public constructor"));
            }
        };
    }
}
