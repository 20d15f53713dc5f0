// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.FieldAccess;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.ListQuery;
import org.trelliscrm.api.record.ListQuery.Sort;
import org.trelliscrm.api.record.Page;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.filter.FilterParser;

/** What the engine does for a record type with a field of every kind; the same on each database. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class RecordEngineTest {

    private static final Caller BOSS = Engine.caller(7, Rights.ALL);

    private Engine engine;

    abstract Engine start();

    @BeforeAll
    void open() {
        engine = start();
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        execute(
                "delete from things_thing",
                "delete from record_value",
                "delete from timeline_entry",
                "delete from change_log",
                "delete from change_reader");
    }

    @Test
    void whatIsCreatedComesBackAsItWas() {
        Map<String, Object> given = Map.ofEntries(
                entry("name", "Ünïcode 茶 چای"),
                entry("code", "A1"),
                entry("size", 5),
                entry("weight", new java.math.BigDecimal("1.25")),
                entry("price", Map.of("amount", "1200.5", "currency", "EUR")),
                entry("color", "dark_blue"),
                entry("fragile", true),
                entry("builtOn", "2024-02-29"),
                entry("opensAt", "14:30"),
                entry("seenAt", "2026-05-31T14:00:00.123456Z"),
                entry("tags", List.of("Big", "small")),
                entry("parts", List.of(Map.of("label", "lid"))));

        Map<String, Object> created = engine.records.create(BOSS, "thing", given);
        Map<String, Object> read = get(created);

        assertThat(read).isEqualTo(created);
        assertThat(read)
                .containsEntry("name", "Ünïcode 茶 چای")
                .containsEntry("price", Map.of("amount", "1200.50", "currency", "EUR"))
                .containsEntry("seenAt", "2026-05-31T14:00:00.123456Z")
                .containsEntry("opensAt", "14:30")
                .containsEntry("parts", List.of(Map.of("label", "lid")))
                .containsEntry("version", 1)
                .containsEntry("owner", Ids.toText(7))
                .doesNotContainKey("secret");
    }

    @Test
    void everyWrongValueIsToldAtOnce() {
        Map<String, Object> wrong = Map.of(
                "size", 101,
                "weight", "much",
                "color", "green",
                "builtOn", "30.02.2024",
                "tags", List.of("x".repeat(21)),
                "parts", List.of(Map.of("lable", "lid")),
                "nonsense", 1,
                "createdAt", "2020-01-01T00:00:00Z",
                "secret", "s");

        assertThatThrownBy(() -> engine.records.create(BOSS, "thing", wrong))
                .isInstanceOfSatisfying(Invalid.class, problem -> assertThat(problem.fields())
                        .extracting(one -> one.path() + " " + one.code())
                        .containsExactlyInAnyOrder(
                                "size field.outOfRange",
                                "weight field.notNumber",
                                "color field.notAChoice",
                                "builtOn field.notDate",
                                "tags[0] field.tooLong",
                                "parts[0].lable field.unknown",
                                "parts[0].label field.required",
                                "nonsense field.unknown",
                                "createdAt field.readOnly",
                                "secret field.unknown"));
    }

    @Test
    void aRequiredFieldIsAskedFor() {
        assertThatThrownBy(() -> engine.records.create(BOSS, "thing", Map.of("name", "  ")))
                .isInstanceOfSatisfying(Invalid.class, problem -> assertThat(problem.fields())
                        .extracting(Invalid.FieldProblem::code)
                        .containsExactly("field.required"));
    }

    @Test
    void noTwoRecordsOfATenantShareAUniqueValue() {
        create("code", "same");

        assertThatThrownBy(() -> create("code", "same"))
                .isInstanceOfSatisfying(Invalid.class, problem -> assertThat(problem.fields())
                        .extracting(Invalid.FieldProblem::code)
                        .containsExactly("field.notUnique"));
        Caller elsewhere = Engine.caller(2, 8, Rights.ALL);
        assertThat(engine.records.create(elsewhere, "thing", Map.of("name", "n", "code", "same")))
                .containsEntry("code", "same");
    }

    @Test
    void aUniqueValueThatAnotherHasTakenMeanwhileDoesNotComeBack() {
        Map<String, Object> first = create("code", "A");
        engine.records.update(BOSS, "thing", id(first), Map.of("code", "B"), null);
        create("code", "A");

        assertThatThrownBy(() -> engine.records.update(BOSS, "thing", id(first), Map.of("code", "A"), null))
                .isInstanceOfSatisfying(Invalid.class, problem -> assertThat(problem.fields())
                        .extracting(Invalid.FieldProblem::code)
                        .containsExactly("field.notUnique"));
    }

    @Test
    void anUpdateChangesWhatItNamesAndNothingElse() {
        Map<String, Object> before = engine.records.create(
                BOSS, "thing", Map.of("name", "n", "size", 3, "tags", List.of("a"), "color", "dark_blue"));

        Map<String, Object> patch = new HashMap<>();
        patch.put("size", null);
        patch.put("tags", List.of("b", "c"));
        Map<String, Object> after = engine.records.update(BOSS, "thing", id(before), patch, 1);

        assertThat(after)
                .containsEntry("version", 2)
                .containsEntry("size", null)
                .containsEntry("tags", List.of("b", "c"))
                .containsEntry("color", "dark_blue");
        assertThat(names("tags eq a")).isEmpty();
        assertThat(names("tags eq B")).containsExactly("n");
    }

    @Test
    void whatWasReadMayBeSentBack() {
        Map<String, Object> record = create("size", 1);
        Map<String, Object> back = new HashMap<>(record);
        back.put("size", 2);

        assertThat(engine.records.update(BOSS, "thing", id(record), back, null)).containsEntry("size", 2);
    }

    @Test
    void savingNothingNewLeavesTheVersion() {
        Map<String, Object> record = create("size", 1);

        assertThat(engine.records.update(BOSS, "thing", id(record), Map.of("size", 1), null))
                .containsEntry("version", 1);
    }

    @Test
    void aStaleVersionIsRefused() {
        Map<String, Object> record = create("size", 1);
        engine.records.update(BOSS, "thing", id(record), Map.of("size", 2), 1);

        assertThatThrownBy(() -> engine.records.update(BOSS, "thing", id(record), Map.of("size", 3), 1))
                .isInstanceOfSatisfying(
                        Conflict.class, problem -> assertThat(problem.status()).isEqualTo(412));
    }

    @Test
    void ofTwoWhoSaveTheSameVersionOneWins() throws Exception {
        Map<String, Object> record = create("size", 0);
        ExecutorService people = Executors.newFixedThreadPool(6);

        List<Future<Integer>> tries = people.invokeAll(IntStream.rangeClosed(1, 6)
                .<java.util.concurrent.Callable<Integer>>mapToObj(size -> () -> {
                    try {
                        engine.records.update(BOSS, "thing", id(record), Map.of("size", size), 1);
                        return 1;
                    } catch (Conflict stale) {
                        return 0;
                    }
                })
                .toList());
        people.shutdown();

        int won = 0;
        for (Future<Integer> one : tries) {
            won += one.get();
        }
        assertThat(won).isEqualTo(1);
        assertThat(get(record)).containsEntry("version", 2);
    }

    @Test
    void changesOfDifferentFieldsAtOnceAllSurvive() throws Exception {
        Map<String, Object> record = create("size", 0);
        Map<String, Object> patches = Map.of("size", 9, "name", "new", "fragile", true);
        ExecutorService people = Executors.newFixedThreadPool(3);

        for (Future<?> one : people.invokeAll(patches.entrySet().stream()
                .<java.util.concurrent.Callable<Object>>map(patch -> () -> engine.records.update(
                        BOSS, "thing", id(record), Map.of(patch.getKey(), patch.getValue()), null))
                .toList())) {
            one.get();
        }
        people.shutdown();

        assertThat(get(record)).containsAllEntriesOf(patches).containsEntry("version", 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            name eq Anna                              | Anna
            name ne Anna                              | Bob,Cem,Dora
            name contains "N"                         | Anna
            name starts "d"                           | Dora
            name contains "%"                         |
            size lt 20                                | Anna
            size ge 20                                | Bob,Cem
            size between 10 and 20                    | Anna,Bob
            size empty                                | Dora
            not size empty                            | Anna,Bob,Cem
            size ne 10                                | Bob,Cem,Dora
            not size eq 10                            | Bob,Cem,Dora
            not (size gt 10 and size lt 30)           | Anna,Cem,Dora
            size in (10, 30)                          | Anna,Cem
            not size in (10, 30)                      | Bob,Dora
            color eq dark_blue                        | Bob
            fragile eq true                           | Cem
            builtOn gt 2024-01-01                     | Anna
            price gt 10                               | Dora
            seenAt ge 2026-01-01                      | Bob
            tags eq RED                               | Anna,Bob
            tags ne red                               | Cem,Dora
            tags in (red, green)                      | Anna,Bob,Cem
            tags starts gr                            | Cem
            tags empty                                | Dora
            not tags empty                            | Anna,Bob,Cem
            parts.label eq lid                        | Cem
            name eq Anna or name eq Bob and size eq 1 | Anna
            (name eq Anna or name eq Bob) and size eq 20 | Bob
            """)
    void filtersFindWhatTheySay(String filter, String expected) {
        engine.records.create(
                BOSS,
                "thing",
                Map.of("name", "Anna", "size", 10, "builtOn", "2024-06-01", "tags", List.of("red", "big")));
        engine.records.create(
                BOSS,
                "thing",
                Map.of(
                        "name",
                        "Bob",
                        "size",
                        20,
                        "color",
                        "dark_blue",
                        "tags",
                        List.of("red"),
                        "seenAt",
                        "2026-03-01T00:00:00Z"));
        engine.records.create(
                BOSS,
                "thing",
                Map.of(
                        "name",
                        "Cem",
                        "size",
                        30,
                        "fragile",
                        true,
                        "tags",
                        List.of("green"),
                        "parts",
                        List.of(Map.of("label", "Lid"))));
        engine.records.create(BOSS, "thing", Map.of("name", "Dora", "price", Map.of("amount", 12, "currency", "TWD")));

        assertThat(names(filter))
                .containsExactlyElementsOf(expected == null ? List.of() : Arrays.asList(expected.split(",")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour eq red",
                "secret eq x",
                "name.first eq x",
                "parts.weight eq 1",
                "links.x eq 1",
                "size contains 1",
                "tags gt a",
                "size eq many"
            })
    void aFilterThatMakesNoSenseIsRefused(String filter) {
        assertThatThrownBy(() -> names(filter)).isInstanceOf(Invalid.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            parent.name eq Root                              | Leaf,Twig
            parent.name ne Root                              | Root,Bare
            not parent.name eq Root                          | Root,Bare
            parent.size empty                                | Root,Leaf,Bare
            parent.size not empty                            | Twig
            parent.tags eq OLD                               | Leaf,Twig
            parent.tags ne old                               | Root,Bare
            parent.tags empty                                | Root,Bare
            parent.parent.name eq Root                       |
            parent.code eq R or name eq Bare                 | Leaf,Twig,Bare
            has thing via parent                             | Root
            has no thing via parent                          | Leaf,Twig,Bare
            has thing via parent where (size eq 3)           | Root
            has thing via parent where (size eq 4)           |
            has thing via links                              | Leaf
            has thing via about                              | Twig
            has thing                                        | Root,Leaf,Twig
            has no thing                                     | Bare
            has no thing via parent where (not size eq 3)    | Leaf,Twig,Bare
            has thing where (has thing via links)            | Root
            has no thing where (has thing via links) and name ne Bare | Leaf,Twig
            """)
    void filtersFollowReferencesBothWays(String filter, String expected) {
        Map<String, Object> root =
                engine.records.create(BOSS, "thing", Map.of("name", "Root", "code", "R", "tags", List.of("old")));
        Map<String, Object> leaf =
                engine.records.create(BOSS, "thing", Map.of("name", "Leaf", "size", 2, "parent", root.get("id")));
        Map<String, Object> twig =
                engine.records.create(BOSS, "thing", Map.of("name", "Twig", "size", 3, "parent", root.get("id")));
        engine.records.create(
                BOSS,
                "thing",
                Map.of(
                        "name",
                        "Bare",
                        "links",
                        List.of("thing:" + leaf.get("id")),
                        "about",
                        "thing:" + twig.get("id")));
        if (filter.contains("parent.size")) {
            engine.records.update(BOSS, "thing", id(twig), Map.of("parent", leaf.get("id")), null);
        }

        assertThat(names(filter))
                .containsExactlyElementsOf(expected == null ? List.of() : Arrays.asList(expected.split(",")));
    }

    @Test
    void whatTheReaderMayNotSeeBehindAReferenceIsAsIfItWereNotThere() {
        Caller other = Engine.caller(8, Rights.ALL, 50L);
        Map<String, Object> hidden = engine.records.create(other, "thing", Map.of("name", "Hidden", "size", 1));
        Map<String, Object> child =
                engine.records.create(BOSS, "thing", Map.of("name", "Child", "parent", hidden.get("id")));
        Map<String, Object> seen = engine.records.create(BOSS, "thing", Map.of("name", "Seen"));
        engine.records.create(other, "thing", Map.of("name", "Theirs", "parent", seen.get("id")));
        Caller own = Engine.caller(7, rights(Scope.OWN));
        Caller team = Engine.caller(7, rights(Scope.TEAM), 50L);

        assertThat(names("parent.name eq Hidden")).containsExactly("Child");
        assertThat(names(own, "parent.name eq Hidden")).isEmpty();
        assertThat(names(own, "parent.size empty and parent not empty")).containsExactly("Child");
        assertThat(names(team, "parent.name eq Hidden")).containsExactly("Child");
        assertThat(names("has thing via parent and name eq Seen")).containsExactly("Seen");
        assertThat(names(own, "has thing via parent")).isEmpty();
        assertThat(names(team, "has thing via parent")).contains("Seen");

        Caller elsewhere = Engine.caller(2, 7, Rights.ALL);
        assertThat(names(elsewhere, "parent.name eq Hidden")).isEmpty();
        assertThat(names(elsewhere, "has thing via parent")).isEmpty();

        engine.records.trash(BOSS, "thing", id(hidden), null);
        assertThat(names("parent.name eq Hidden")).isEmpty();
    }

    @Test
    void aFieldThatIsHiddenIsNoFieldAtAnyStep() {
        Rights noSize = new Rights(
                Map.of("thing", Map.of(Rights.ANY, Scope.ALL)),
                Map.of("thing", Map.of("size", FieldAccess.HIDDEN, "parent", FieldAccess.HIDDEN)));
        Rights noSizeOnly = new Rights(
                Map.of("thing", Map.of(Rights.ANY, Scope.ALL)), Map.of("thing", Map.of("size", FieldAccess.HIDDEN)));
        Caller blind = Engine.caller(7, noSize);
        Caller halfBlind = Engine.caller(7, noSizeOnly);

        assertThat(refused(blind, "parent.name eq x").code()).isEqualTo("filter.unknownField");
        assertThat(refused(blind, "has thing via parent").code()).isEqualTo("filter.notReferring");
        Invalid hidden = refused(halfBlind, "name eq x and parent.size eq 1");
        assertThat(hidden.code()).isEqualTo("filter.unknownField");
        assertThat(hidden.arguments()).containsEntry("position", 15).containsEntry("length", 16);
        assertThat(refused(halfBlind, "has thing via parent where (size eq 1)").arguments())
                .isEqualTo(with(
                        refused(halfBlind, "has thing via parent where (sise eq 1)")
                                .arguments(),
                        "size"));
    }

    private static Map<String, Object> with(Map<String, Object> arguments, String field) {
        Map<String, Object> changed = new HashMap<>(arguments);
        changed.put("field", field);
        changed.put("found", field);
        return changed;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            owner.name eq x                            | filter.notInstalled
            name eq y and owner.name eq x              | filter.notInstalled
            has moon                                   | filter.unknownType
            has thing via name                         | filter.notReferring
            parent.parent.parent.parent.name eq x      | filter.tooFar
            has thing where (has thing where (has thing where (has thing))) | filter.tooFar
            links.name eq x                            | filter.unknownField
            name.x eq y                                | filter.unknownField
            size within today                          | filter.wrongOperator
            name before today                          | filter.wrongOperator
            seenAt anniversary within today            | filter.wrongOperator
            builtOn within last 3 hours                | filter.spanTooShort
            builtOn within soon                        | record.invalid
            seenAt before 2026-02-30                   | record.invalid
            """)
    void aFilterThatReachesTooFarIsToldWhere(String filter, String code) {
        Invalid problem = refused(BOSS, filter);

        assertThat(problem.code()).isEqualTo(code);
        Map<String, Object> told = problem.fields().isEmpty()
                ? problem.arguments()
                : problem.fields().get(0).arguments();
        assertThat(told).containsKeys("position", "length");
    }

    @Test
    void aFilterMadeInJavaIsBoundedToo() {
        Filter deep = Filter.eq("size", 1);
        for (int i = 0; i < 10_000; i++) {
            deep = deep.negate();
        }
        Filter tooDeep = deep;

        assertThatThrownBy(() -> engine.records.list(BOSS, ListQuery.of("thing", tooDeep)))
                .isInstanceOfSatisfying(
                        Invalid.class, problem -> assertThat(problem.code()).isEqualTo("filter.tooDeep"));
    }

    @Test
    void theLargestFilterThatIsTakenIsAnswered() {
        create("size", 1);
        String values = String.join(",", java.util.Collections.nCopies(500, "9"));
        String many = "size in (" + values + ") or "
                + "parent.parent.size eq 1 or has thing where (size eq 4) or ".repeat(66);

        assertThat(names(many + "size eq 1")).containsExactly("n");
    }

    private Invalid refused(Caller caller, String filter) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(Invalid.class, () -> names(caller, filter));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            builtOn within last 90 days                  | Lately
            builtOn not empty and not builtOn within last 90 days | Long ago,Soon
            builtOn before last 90 days                  | Long ago
            builtOn after today                          | Soon
            builtOn lt today                             | Lately,Long ago
            builtOn ge tomorrow                          | Soon
            builtOn within next 7 days                   | Soon
            builtOn between today and '2999-01-01'       | Soon
            builtOn eq today                             |
            builtOn ne today                             | Lately,Long ago,Soon,Never
            builtOn anniversary within next 7 days       | Soon
            builtOn anniversary within 2000-02-28        | Long ago
            builtOn within 1996-02-28                    | Long ago
            seenAt within last 2 hours                   | Lately
            seenAt after last 2 hours                    | Soon
            seenAt before 2000-01-01                     | Long ago
            seenAt within 1996-02-28                     | Long ago
            seenAt before 1996-02-28T12:00:00Z           |
            seenAt within last 30 years or builtOn within next week or builtOn within next 10 days | Lately,Soon
            createdAt within last 2 days                 | Lately,Long ago,Soon,Never
            """)
    void spansOfTimeAreMeasuredWhenTheFilterRuns(String filter, String expected) {
        java.time.LocalDate today = java.time.LocalDate.now(java.time.ZoneOffset.UTC);
        java.time.Instant now = java.time.Instant.now();
        thing("Lately", today.minusDays(30), now.minusSeconds(3600));
        thing("Long ago", java.time.LocalDate.of(1996, 2, 28), java.time.Instant.parse("1996-02-28T12:00:00Z"));
        thing("Soon", today.plusDays(3), now.plusSeconds(2 * 86_400));
        engine.records.create(BOSS, "thing", Map.of("name", "Never"));

        assertThat(names(filter))
                .containsExactlyElementsOf(expected == null ? List.of() : Arrays.asList(expected.split(",")));
    }

    private void thing(String name, java.time.LocalDate builtOn, java.time.Instant seenAt) {
        engine.records.create(
                BOSS, "thing", Map.of("name", name, "builtOn", builtOn.toString(), "seenAt", seenAt.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"size", "-size", "color,-size", "-price", "seenAt,name", "-name", "id", "-id", "createdAt"})
    void pagesFollowEachOtherWithoutGapOrDouble(String sort) {
        for (int i = 0; i < 23; i++) {
            Map<String, Object> thing = new HashMap<>(Map.of("name", "n" + i % 7));
            if (i % 3 > 0) {
                thing.put("size", i % 5);
                thing.put("price", Map.of("amount", i % 4, "currency", "EUR"));
            }
            if (i % 4 == 0) {
                thing.put("color", "dark_blue");
                thing.put("seenAt", "2026-01-0" + (1 + i % 3) + "T00:00:00Z");
            }
            engine.records.create(BOSS, "thing", thing);
        }

        List<Object> whole = ids(sort, 200);

        assertThat(whole).hasSize(23).doesNotHaveDuplicates();
        assertThat(ids(sort, 4)).isEqualTo(whole);
        assertThat(ids(sort, 1)).isEqualTo(whole);
    }

    @Test
    void aCursorFitsOnlyTheOrderItWasMadeFor() {
        create("size", 1);
        create("size", 2);
        String cursor = list("", "size", 1, null).next();

        assertThatThrownBy(() -> list("", "-size", 1, cursor)).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> list("", "size", 1, "nonsense")).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> list("", "size", 1, cursor + "A")).isInstanceOf(Invalid.class);
    }

    @Test
    void whatIsInTheTrashIsGoneUntilItIsRestored() {
        Map<String, Object> record = create("size", 1);
        engine.records.trash(BOSS, "thing", id(record), null);

        assertThat(names("")).isEmpty();
        assertThatThrownBy(() -> get(record)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> engine.records.update(BOSS, "thing", id(record), Map.of("size", 2), null))
                .isInstanceOf(NotFound.class);

        engine.records.restore(BOSS, "thing", id(record));

        assertThat(get(record)).containsEntry("size", 1).containsEntry("deletedAt", null);
    }

    @Test
    void aReferenceLeadsToARecordThatIsThere() {
        Map<String, Object> parent = create("size", 1);
        Map<String, Object> child = create("parent", parent.get("id"));

        Map<String, Object> shown = engine.records.get(BOSS, "thing", id(child), false, List.of("parent"));

        assertThat(shown.get("parent")).isEqualTo(Map.of("id", parent.get("id"), "type", "thing", "title", "n"));
        assertThatThrownBy(() -> create("parent", Ids.toText(1))).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> create("parent", "nonsense")).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> create("about", "ship:" + parent.get("id")))
                .isInstanceOfSatisfying(Invalid.class, problem -> assertThat(problem.fields())
                        .extracting(Invalid.FieldProblem::code)
                        .containsExactly("reference.notInstalled"));
        assertThatThrownBy(() -> create("parts", List.of(Map.of("label", "x", "made", Ids.toText(1)))))
                .isInstanceOfSatisfying(Invalid.class, problem -> assertThat(problem.fields())
                        .extracting(Invalid.FieldProblem::path)
                        .containsExactly("parts[0].made"));
    }

    @Test
    void noRecordOfAnotherTenantIsReached() {
        Map<String, Object> theirs = engine.records.create(
                Engine.caller(2, 8, Rights.ALL), "thing", Map.of("name", "t", "tags", List.of("x")));

        assertThat(names("")).isEmpty();
        assertThat(names("tags eq x")).isEmpty();
        assertThat(names("id eq " + theirs.get("id"))).isEmpty();
        assertThatThrownBy(() -> get(theirs)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> engine.records.update(BOSS, "thing", id(theirs), Map.of("size", 1), null))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> engine.records.trash(BOSS, "thing", id(theirs), null))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> create("parent", theirs.get("id"))).isInstanceOf(Invalid.class);
    }

    @Test
    void rightsReachOwnRecordsThoseOfTheTeamOrAll() {
        Caller own = Engine.caller(20, rights(Scope.OWN), 5L);
        Caller team = Engine.caller(21, rights(Scope.TEAM), 5L);
        Map<String, Object> mine = engine.records.create(own, "thing", Map.of("name", "mine"));
        engine.records.create(team, "thing", Map.of("name", "team"));
        Map<String, Object> others = engine.records.create(BOSS, "thing", Map.of("name", "others"));

        assertThat(names(own, "")).containsExactly("mine");
        assertThat(names(team, "")).containsExactly("mine", "team");
        assertThat(names(BOSS, "")).containsExactly("mine", "team", "others");
        assertThatThrownBy(() -> engine.records.get(team, "thing", id(others))).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> engine.records.update(team, "thing", id(others), Map.of("size", 1), null))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> engine.records.create(own, "thing", Map.of("name", "x", "parent", others.get("id"))))
                .isInstanceOf(Invalid.class);
        assertThat(engine.records.update(team, "thing", id(mine), Map.of("size", 1), null))
                .containsEntry("size", 1);
    }

    @Test
    void withoutTheRightNothingHappens() {
        Map<String, Object> record = create("size", 1);
        Caller nobody = Engine.caller(30, Rights.NONE);
        Caller reader = Engine.caller(31, new Rights(Map.of("thing", Map.of("read", Scope.ALL)), Map.of()));

        assertThatThrownBy(() -> names(nobody, "")).isInstanceOf(Denied.class);
        assertThatThrownBy(() -> engine.records.get(nobody, "thing", id(record)))
                .isInstanceOf(Denied.class);
        assertThatThrownBy(() -> engine.records.create(reader, "thing", Map.of("name", "x")))
                .isInstanceOf(Denied.class);
        assertThatThrownBy(() -> engine.records.update(reader, "thing", id(record), Map.of("size", 2), null))
                .isInstanceOf(Denied.class);
        assertThatThrownBy(() -> engine.records.trash(reader, "thing", id(record), null))
                .isInstanceOf(Denied.class);
    }

    @Test
    void aHiddenFieldDoesNotExistForWhoMayNotSeeIt() {
        Map<String, Object> record = create("size", 1);
        Caller blind = Engine.caller(
                40,
                new Rights(
                        Map.of("thing", Map.of(Rights.ANY, Scope.ALL)),
                        Map.of("thing", Map.of("size", FieldAccess.HIDDEN, "name", FieldAccess.READ_ONLY))));

        assertThat(engine.records.get(blind, "thing", id(record)))
                .doesNotContainKey("size")
                .containsKey("name");
        assertThatThrownBy(() -> names(blind, "size eq 1")).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> engine.records.list(blind, query("", "size", 5, null)))
                .isInstanceOf(Invalid.class);
        assertThatThrownBy(
                        () -> engine.records.list(blind, query("", "", 5, null).fields(List.of("size"))))
                .isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> engine.records.update(blind, "thing", id(record), Map.of("size", 2), null))
                .isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> engine.records.update(blind, "thing", id(record), Map.of("name", "x"), null))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void everyChangeIsInTheFeedWithWhatItChanged() throws SQLException {
        Map<String, Object> record = create("size", 1);
        engine.records.update(BOSS, "thing", id(record), Map.of("size", 2), null);
        engine.records.trash(BOSS, "thing", id(record), null);

        assertThat(column("select verb from change_log order by id")).containsExactly("create", "update", "trash");
        assertThat(column("select fields from change_log where verb = 'update'"))
                .containsExactly("{\"size\":[1,2]}");
    }

    @Test
    void whatFailsLeavesNothingBehind() throws SQLException {
        assertThatThrownBy(() -> engine.records.inTransaction(BOSS, Thing.class, transaction -> {
                    Thing thing = new Thing();
                    thing.name = "half";
                    thing.tags.add("half");
                    transaction.create(thing);
                    throw new IllegalStateException("the second half failed");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(names("")).isEmpty();
        assertThat(column("select verb from change_log")).isEmpty();
        assertThat(column("select value_key from record_value")).isEmpty();
    }

    @Test
    void aBatchIsWrittenTogetherAndFeltAsIfOneByOne() throws SQLException {
        List<Long> ids = engine.records.inBatch(BOSS, "thing", batch -> IntStream.range(0, 50)
                .mapToObj(i -> id(batch.create(Map.of("name", "n" + i, "tags", List.of("t" + i % 5)))))
                .toList());
        long first = ids.get(0);

        engine.records.inBatch(BOSS, "thing", batch -> {
            batch.expect(ids);
            batch.update(first, Map.of("size", 1));
            assertThat(batch.get(first)).containsEntry("size", 1);
            batch.update(first, Map.of("size", 2, "tags", List.of("new")));
            return batch.update(ids.get(1), Map.of("size", 3));
        });

        assertThat(engine.records.get(BOSS, "thing", first))
                .containsEntry("name", "n0")
                .containsEntry("size", 2)
                .containsEntry("version", 3);
        assertThat(names("tags eq t1")).hasSize(10);
        assertThat(names("tags eq t0")).hasSize(9);
        assertThat(names("tags eq new")).containsExactly("n0");
        assertThat(column("select id from change_log where verb = 'create'")).hasSize(50);
        assertThat(column("select id from change_log where verb = 'update'")).hasSize(3);
    }

    @Test
    void whatABatchRefusesStopsNothingElseOfIt() throws SQLException {
        long mine = id(create("size", 1));

        engine.records.inBatch(BOSS, "thing", batch -> {
            batch.create(Map.of("name", "good"));
            assertThatThrownBy(() -> batch.create(Map.of("size", 1))).isInstanceOf(Invalid.class);
            assertThatThrownBy(() -> batch.update(mine, Map.of("name", "lost", "size", "x")))
                    .isInstanceOf(Invalid.class);
            assertThatThrownBy(() -> batch.update(mine, Collections.singletonMap("name", null)))
                    .isInstanceOf(Invalid.class);
            assertThatThrownBy(() -> batch.update(1, Map.of("size", 1))).isInstanceOf(NotFound.class);
            return batch.create(Map.of("name", "good too"));
        });

        assertThat(names("name starts good")).containsExactly("good", "good too");
        assertThat(engine.records.get(BOSS, "thing", mine))
                .containsEntry("name", "n")
                .containsEntry("size", 1)
                .containsEntry("version", 1);
    }

    @Test
    void aBatchThatTheDatabaseRefusesLeavesNothing() throws SQLException {
        // What is in the trash keeps its code, and the engine does not look there.
        engine.records.trash(BOSS, "thing", id(create("code", "same")), null);

        assertThatThrownBy(() -> engine.records.inBatch(BOSS, "thing", batch -> {
                    batch.create(Map.of("name", "first", "code", "same"));
                    return batch.create(Map.of("name", "second"));
                }))
                .isNotInstanceOf(Invalid.class);
        assertThatThrownBy(() -> engine.records.inBatch(
                        BOSS, "thing", batch -> batch.create(Map.of("name", "alone", "code", "same"))))
                .isInstanceOf(Invalid.class);

        assertThat(names("")).isEmpty();
    }

    @Test
    void aValueThatIsTakenConcernsItsRecordAlone() {
        engine.records.inBatch(BOSS, "thing", batch -> {
            batch.create(Map.of("name", "first", "code", "same"));
            assertThatThrownBy(() -> batch.create(Map.of("name", "second", "code", "same")))
                    .isInstanceOf(Invalid.class);
            return batch.create(Map.of("name", "third"));
        });

        assertThat(names("")).containsExactly("first", "third");
    }

    @Test
    void aBatchReachesNoFurtherThanItsCaller() {
        Caller own = Engine.caller(8, rights(Scope.OWN));
        long mine = id(create("code", "boss"));

        assertThatThrownBy(() -> engine.records.inBatch(own, "thing", batch -> batch.update(mine, Map.of("size", 1))))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> engine.records.inBatch(own, "thing", batch -> batch.get(mine)))
                .isInstanceOf(NotFound.class);
        assertThat(engine.records.find(own, "thing", "code", List.of("boss"))).isEmpty();
        assertThat(engine.records.find(BOSS, "thing", "code", List.of("boss", "nobody")))
                .hasSize(1);
        assertThat(engine.records.find(Engine.caller(2, 7, Rights.ALL), "thing", "code", List.of("boss")))
                .isEmpty();
    }

    @Test
    void aRecordStandsOnTheTimelinesOfWhatItRefersTo() {
        Map<String, Object> customer = create("size", 1);
        engine.records.create(
                BOSS,
                "thing",
                Map.of(
                        "name",
                        "call",
                        "links",
                        List.of("thing:" + customer.get("id")),
                        "seenAt",
                        "2026-01-01T00:00:00Z"));
        engine.records.create(
                BOSS, "thing", Map.of("name", "visit", "parent", customer.get("id"), "seenAt", "2026-02-01T00:00:00Z"));
        Caller own = Engine.caller(20, rights(Scope.OWN));

        assertThat(timeline(BOSS, customer, 10)).containsExactly("visit", "call");
        assertThat(timeline(BOSS, customer, 1)).containsExactly("visit");
        assertThat(timeline(own, customer, 10)).isEmpty();
    }

    @Test
    void aSecondStartFindsNothingToMigrate() throws SQLException {
        create("size", 1);

        engine.migrate();

        assertThat(names("")).containsExactly("n");
        assertThat(column("select module_id from schema_state order by module_id"))
                .containsExactly("core", "things");
    }

    private static Rights rights(Scope scope) {
        return new Rights(Map.of("thing", Map.of(Rights.ANY, scope)), Map.of());
    }

    private Map<String, Object> create(String field, Object value) {
        return engine.records.create(BOSS, "thing", Map.of("name", "n", field, value));
    }

    private Map<String, Object> get(Map<String, Object> record) {
        return engine.records.get(BOSS, "thing", id(record));
    }

    private static long id(Map<String, Object> record) {
        return Ids.fromText((String) record.get("id")).orElseThrow();
    }

    private List<Object> names(String filter) {
        return names(BOSS, filter);
    }

    private List<Object> names(Caller caller, String filter) {
        return engine.records.list(caller, ListQuery.of("thing", FilterParser.parse(filter))).items().stream()
                .map(one -> one.get("name"))
                .toList();
    }

    private List<Object> ids(String sort, int limit) {
        List<Object> ids = new ArrayList<>();
        String cursor = null;
        do {
            Page page = list("", sort, limit, cursor);
            page.items().forEach(one -> ids.add(one.get("id")));
            cursor = page.next();
        } while (cursor != null);
        return ids;
    }

    private Page list(String filter, String sort, int limit, String cursor) {
        return engine.records.list(BOSS, query(filter, sort, limit, cursor));
    }

    private static ListQuery query(String filter, String sort, int limit, String cursor) {
        List<Sort> keys = sort.isEmpty()
                ? List.of()
                : Arrays.stream(sort.split(","))
                        .map(key -> key.startsWith("-") ? new Sort(key.substring(1), true) : new Sort(key, false))
                        .toList();
        Filter parsed = FilterParser.parse(filter);
        return new ListQuery("thing", parsed, keys, limit, cursor, List.of(), List.of(), false, false);
    }

    @SuppressWarnings("unchecked")
    private List<Object> timeline(Caller caller, Map<String, Object> record, int limit) {
        Map<String, Object> page =
                engine.timeline.of(caller, id(record), new Timeline.Query(List.of(), null, null, null, limit, null));
        return ((List<Map<String, Object>>) page.get("items"))
                .stream().map(one -> one.get("title")).toList();
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = engine.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = engine.dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }
}
