// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.persistence.Entity;
import org.junit.jupiter.api.Test;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.RecordType;

/**
 * What every module keeps, ours or a partner's: its texts are complete, its tables fit its records, its migrations have a
 * way back. A module keeps them by one empty class in its root package: {@code class PipelineRulesTest extends ModuleRules {}}.
 */
public abstract class ModuleRules extends ArchitectureRules {

    private static final String CHANGELOG = "CRM-INF/db/changelog.yaml";

    /** Texts that are the same as in English in some other language, and right: names, words that were borrowed. */
    protected Set<String> textsAlike() {
        return Set.of();
    }

    /** Whether it reaches tables that are no records by JDBC as well; the core has reasons to, a module hardly. */
    protected boolean usesJdbc() {
        return false;
    }

    @Test
    final void itSaysWhoItIs() {
        assertThat(module().id())
                .as("the id in @Module on the package-info of " + module().rootPackage())
                .hasValueSatisfying(id -> assertThat(id).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"));
    }

    @Test
    final void everyTextStandsInEveryLanguage() {
        Texts texts = new Texts();
        Texts.LANGUAGES
                .keySet()
                .forEach(language -> texts.add(
                        language,
                        module().resource("CRM-INF/i18n/" + Texts.fileName(language))
                                .orElse(null)));
        TextKeys keys = TextKeys.of(module());
        String ownPrefix = module().id().orElseThrow() + ".";

        List<String> problems = texts.problems(keys.expected(), keys.optional(), ownPrefix, textsAlike());

        assertThat(problems).as("what is wrong with the texts").isEmpty();
    }

    @Test
    final void everyMigrationHasAWayBackAndGoodNames() {
        assertThat(changelog().problems()).as("what is wrong with " + CHANGELOG).isEmpty();
    }

    @Test
    final void everyFieldHasItsColumn() {
        Schema schema = changelog().schema();

        List<String> problems = module().recordTypes().stream()
                .flatMap(type -> Columns.problems(type, schema).stream())
                .toList();

        assertThat(problems)
                .as("where " + CHANGELOG + " and the records differ")
                .isEmpty();
    }

    private Changelog changelog() {
        return new Changelog(module().resource(CHANGELOG).orElse(""), module().tablePrefix());
    }

    @Test
    final void everyRecordTypeIsDeclaredWell() {
        List<String> problems = new ArrayList<>();
        for (Class<?> type : module().recordTypes()) {
            RecordType declared = type.getAnnotation(RecordType.class);
            expect(BaseRecord.class.isAssignableFrom(type), type, "extends no BaseRecord", problems);
            expect(type.isAnnotationPresent(Entity.class), type, "is no @Entity", problems);
            expect(declared.name().matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"), type, "has a bad name", problems);
            expect(
                    declared.collection().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"),
                    type,
                    "has a bad collection",
                    problems);
            expect(hasField(type, declared.titleField()), type, "has no field " + declared.titleField(), problems);
            expect(
                    declared.timeline().isEmpty() || hasField(type, declared.timeline()),
                    type,
                    "has no field " + declared.timeline(),
                    problems);
            Object fresh = Attributes.instance(type);
            Attributes.of(type).stream()
                    .filter(field -> field.getType() == List.class && Attributes.read(field, fresh) == null)
                    .forEach(field -> problems.add(field + " needs to begin as an empty list"));
        }
        problems.addAll(twice(RecordType::name));
        problems.addAll(twice(RecordType::collection));

        assertThat(problems).as("what is wrong with the record types").isEmpty();
    }

    private static void expect(boolean holds, Class<?> type, String complaint, List<String> problems) {
        if (!holds) {
            problems.add(type.getSimpleName() + " " + complaint);
        }
    }

    private static boolean hasField(Class<?> type, String name) {
        return Set.of("createdAt", "updatedAt").contains(name)
                || Attributes.of(type).stream()
                        .anyMatch(field -> field.getName().equals(name));
    }

    private List<String> twice(Function<RecordType, String> naming) {
        Map<String, Long> counts = module().recordTypes().stream()
                .map(type -> naming.apply(type.getAnnotation(RecordType.class)))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(entry -> "two record types are called " + entry.getKey())
                .toList();
    }

    @Test
    final void itKnowsJpaByItsAnnotationsOnly() {
        String jdbc = usesJdbc() ? "" : "java.sql..";

        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.persistence..", "liquibase..", "org.apache.karaf..", jdbc)
                .because("the runtime owns the persistence units: a module that imports their maker would be"
                        + " restarted with it"));
    }
}
