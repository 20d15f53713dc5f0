// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Each rule finds the one thing that it is there for, and lets its right twin pass. */
class ArchitectureRulesTest {

    @Test
    void theTimeOfTheMachineIsFound() {
        assertThat(refuses(ArchitectureRules.TIME, Now.class)).isTrue();
        assertThat(refuses(ArchitectureRules.TIME, NowByReference.class)).isTrue();
        assertThat(refuses(ArchitectureRules.TIME, NowByClock.class)).isFalse();
    }

    @Test
    void printingIsFound() {
        assertThat(refuses(ArchitectureRules.LOGGING, Printing.class)).isTrue();
        assertThat(refuses(ArchitectureRules.LOGGING, NowByClock.class)).isFalse();
    }

    @Test
    void sleepingIsFound() {
        assertThat(refuses(ArchitectureRules.SLEEP, Sleeping.class)).isTrue();
    }

    @Test
    void anInjectedFieldIsFound() {
        assertThat(refuses(ArchitectureRules.INJECTION, Injected.class)).isTrue();
        assertThat(refuses(ArchitectureRules.INJECTION, ComesAndGoes.class)).isFalse();
        assertThat(refuses(ArchitectureRules.INJECTION, NowByClock.class)).isFalse();
    }

    @Test
    void aComponentThatTheFrameworkCannotMakeIsFound() {
        assertThat(refuses(ArchitectureRules.COMPONENTS, Hidden.class)).isTrue();
        assertThat(refuses(ArchitectureRules.COMPONENTS, Shut.class)).isTrue();
        assertThat(refuses(ArchitectureRules.COMPONENTS, Made.class)).isFalse();
    }

    private static boolean refuses(ArchRule rule, Class<?> type) {
        return rule.allowEmptyShould(true)
                .evaluate(new ClassFileImporter().importClasses(type))
                .hasViolation();
    }

    static class Now {
        LocalDate today() {
            return LocalDate.now();
        }
    }

    static class NowByReference {
        Supplier<Instant> time = Instant::now;
    }

    static class NowByClock {
        Instant now(Clock clock) {
            return Instant.now(clock);
        }
    }

    static class Printing {
        void print() {
            System.out.println("here");
        }
    }

    static class Sleeping {
        void sleep() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    static class Injected {
        @Reference
        Clock clock;
    }

    static class ComesAndGoes {
        @Reference
        volatile Clock clock;
    }

    @Component(service = Hidden.class)
    static class Hidden {}

    @Component(service = Shut.class)
    public static class Shut {
        Shut() {}
    }

    @Component(service = Made.class)
    public static class Made {}
}
