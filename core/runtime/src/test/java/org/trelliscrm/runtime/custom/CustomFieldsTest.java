// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.custom;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.FieldAccess;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.ListQuery;
import org.trelliscrm.api.record.ListQuery.Sort;
import org.trelliscrm.api.record.Page;
import org.trelliscrm.runtime.data.CustomField;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.filter.FilterParser;
import org.trelliscrm.runtime.records.Engine;
import org.trelliscrm.runtime.records.Thing;

/** What people can do with fields that they add themselves; the same on each database. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class CustomFieldsTest {

    private static final Caller BOSS = Engine.caller(7, Rights.ALL);
    private static final Caller OTHERS = Engine.caller(2, 8, Rights.ALL);

    /** A definition for each kind, with the values that the test writes. */
    private static final Map<String, Map<String, Object>> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("nickname", Map.of("kind", "text", "maxLength", 40));
        KINDS.put("story", Map.of("kind", "multiline"));
        KINDS.put("seats", Map.of("kind", "integer", "min", 0, "max", 5_000_000_000L));
        KINDS.put("rate", Map.of("kind", "decimal"));
        KINDS.put("budget", Map.of("kind", "money", "min", 0));
        KINDS.put("renewsOn", Map.of("kind", "date"));
        KINDS.put("callAt", Map.of("kind", "time"));
        KINDS.put("metAt", Map.of("kind", "datetime"));
        KINDS.put("tier", Map.of("kind", "choice", "choices", List.of("gold", "silver")));
        KINDS.put("topics", Map.of("kind", "multichoice", "choices", List.of("wool", "felt", "silk")));
        KINDS.put("vip", Map.of("kind", "boolean"));
        KINDS.put("partner", Map.of("kind", "reference", "references", "thing"));
        KINDS.put("secondMail", Map.of("kind", "email"));
        KINDS.put("fax", Map.of("kind", "phone"));
        KINDS.put("blog", Map.of("kind", "url"));
    }

    private Engine engine;
    private DefinitionCache cache;
    private CustomFields fields;
    private final List<Map<String, Object>> jobs = new ArrayList<>();

    abstract Engine start();

    @BeforeAll
    void open() {
        engine = start();
        restart();
    }

    /** The cache of a node that has just started. */
    private void restart() {
        cache = new DefinitionCache(engine.dataSource, engine.types, engine.units);
        cache.load();
        Clock clock = Clock.systemUTC();
        fields = new CustomFields(
                engine.dataSource,
                engine.types,
                cache,
                engine.feed,
                new Ids(clock),
                clock,
                (caller, kind, input, files) -> {
                    jobs.add(input);
                    return jobs.size();
                });
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
                "delete from custom_field",
                "update custom_version set version = version + 1");
        cache.load();
        jobs.clear();
    }

    @Test
    void aValueOfEveryKindComesBackAsItWas() {
        addAll(BOSS);
        String partner = (String) thing(Map.of("name", "partner")).get("id");
        Map<String, Object> given = Map.ofEntries(
                entry("name", "n"),
                entry("nickname", "茶 чай چای"),
                entry("story", "once\n".repeat(3000)),
                entry("seats", 4_000_000_000L),
                entry("rate", new BigDecimal("-0.1234")),
                entry("budget", Map.of("amount", "1200.50", "currency", "EUR")),
                entry("renewsOn", "2024-02-29"),
                entry("callAt", "14:30"),
                entry("metAt", "2026-05-31T14:00:00.123456Z"),
                entry("tier", "gold"),
                entry("topics", List.of("wool", "silk")),
                entry("vip", false),
                entry("partner", partner),
                entry("secondMail", "anna@felt.example"),
                entry("fax", "+976 8811 0043"),
                entry("blog", "https://felt.example/a?b=c"));

        Map<String, Object> created = thing(given);

        assertThat(created).containsAllEntriesOf(given);
        assertThat(read(created)).isEqualTo(created);
        restart();
        assertThat(read(created)).isEqualTo(created);
    }

    @Test
    void everyKindCanBeChangedAndEmptied() throws SQLException {
        addAll(BOSS);
        Map<String, Object> record = thing(Map.of(
                "name",
                "n",
                "nickname",
                "a",
                "budget",
                Map.of("amount", 1, "currency", "EUR"),
                "topics",
                List.of("wool")));
        Map<String, @Nullable Object> patch = new HashMap<>();
        patch.put("nickname", "b");
        patch.put("budget", null);
        patch.put("topics", List.of("felt", "felt"));

        Map<String, Object> changed = engine.records.update(BOSS, "thing", id(record), patch, 1);

        assertThat(changed)
                .containsEntry("version", 2)
                .containsEntry("nickname", "b")
                .containsEntry("budget", null)
                .containsEntry("topics", List.of("felt"));
        assertThat(read(record)).isEqualTo(changed);
        assertThat(column("select fields from change_log where verb = 'update'").get(0))
                .contains("\"nickname\":[\"a\",\"b\"]", "\"topics\":[[\"wool\"],[\"felt\"]]");
        assertThat(names("topics eq wool")).isEmpty();
        assertThat(names("topics eq felt")).containsExactly("n");
    }

    @Test
    void savingWhatIsThereChangesNothing() {
        addAll(BOSS);
        Map<String, Object> record =
                thing(Map.of("name", "n", "rate", new BigDecimal("1.5"), "metAt", "2026-05-31T14:00:00Z"));

        Map<String, Object> saved = engine.records.update(BOSS, "thing", id(record), record, 1);

        assertThat(saved).isEqualTo(record);
    }

    @Test
    void everyWrongValueIsToldAtOnce() {
        addAll(BOSS);
        Map<String, Object> wrong = Map.ofEntries(
                entry("name", "n"),
                entry("nickname", "x".repeat(41)),
                entry("seats", -1),
                entry("rate", "much"),
                entry("budget", Map.of("amount", "-1", "currency", "EUR")),
                entry("renewsOn", "30.02.2024"),
                entry("callAt", "noon"),
                entry("tier", "bronze"),
                entry("topics", List.of("cotton")),
                entry("vip", "maybe"),
                entry("partner", "nonsense"),
                entry("secondMail", "nobody"),
                entry("blog", "javascript:alert(1)"));

        assertThatThrownBy(() -> thing(wrong))
                .isInstanceOfSatisfying(Invalid.class, problem -> assertThat(problem.fields())
                        .extracting(one -> one.path() + " " + one.code())
                        .containsExactlyInAnyOrder(
                                "nickname field.tooLong",
                                "seats field.outOfRange",
                                "rate field.notNumber",
                                "budget.amount field.outOfRange",
                                "renewsOn field.notDate",
                                "callAt field.notTime",
                                "tier field.notAChoice",
                                "topics[0] field.notAChoice",
                                "vip field.notBoolean",
                                "partner reference.notFound",
                                "secondMail field.notEmail",
                                "blog field.notLink"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            nickname eq Ada                           | A
            nickname ne Ada                           | B,C
            nickname contains "D"                     | A
            nickname starts bo                        | B
            story contains "WOOL and"                 | A
            seats lt 20                               | A
            seats ge 20                               | B
            seats between 5 and 20                    | A,B
            seats empty                               | C
            not seats empty                           | A,B
            not seats eq 10                           | B,C
            seats in (10, 30)                         | A
            rate gt 0.5                               | B
            budget ge 100                             | A
            renewsOn lt 2026-01-01                    | A
            callAt gt 12:00                           | B
            metAt ge 2026-01-01                       | B
            tier eq gold                              | A
            tier ne gold                              | B,C
            topics eq wool                            | A,B
            topics ne wool                            | C
            topics in (silk, felt)                    | B
            topics empty                              | C
            vip eq true                               | A
            vip empty                                 | C
            secondMail eq ADA@felt.example            | A
            fax contains 8811                         | B
            blog starts "https://felt"                | A
            partner empty                             | A,C
            not partner empty                         | B
            seats eq 10 or tier eq silver and vip eq false | A,B
            """)
    void filtersFindWhatTheySay(String filter, String expected) {
        addAll(BOSS);
        Map<String, Object> first = thing(Map.ofEntries(
                entry("name", "A"),
                entry("nickname", "Ada"),
                entry("story", "wool and silk"),
                entry("seats", 10),
                entry("rate", new BigDecimal("0.5")),
                entry("budget", Map.of("amount", 100, "currency", "EUR")),
                entry("renewsOn", "2025-12-31"),
                entry("callAt", "09:00"),
                entry("tier", "gold"),
                entry("topics", List.of("wool")),
                entry("vip", true),
                entry("secondMail", "Ada@Felt.example"),
                entry("blog", "felt.example")));
        thing(Map.ofEntries(
                entry("name", "B"),
                entry("nickname", "Bob"),
                entry("seats", 20),
                entry("rate", new BigDecimal("0.75")),
                entry("callAt", "15:00"),
                entry("metAt", "2026-03-01T00:00:00Z"),
                entry("tier", "silver"),
                entry("topics", List.of("wool", "felt")),
                entry("vip", false),
                entry("fax", "+976 8811 0043"),
                entry("partner", first.get("id"))));
        thing(Map.of("name", "C"));

        assertThat(names(filter)).containsExactly((Object[]) expected.split(","));
    }

    @ParameterizedTest
    @CsvSource({
        "nickname",
        "-nickname",
        "seats",
        "-seats",
        "rate",
        "budget",
        "-budget",
        "renewsOn",
        "callAt",
        "-metAt",
        "tier",
        "vip",
        "'tier,-seats'",
        "'seats,name'"
    })
    void pagesFollowEachOtherWithoutGapOrDouble(String sort) {
        addAll(BOSS);
        for (int i = 0; i < 17; i++) {
            Map<String, Object> values = new HashMap<>(Map.of("name", "n" + i));
            if (i % 3 > 0) {
                values.put("nickname", "k" + i % 4);
                values.put("seats", i % 5);
                values.put("rate", i % 4);
                values.put("budget", Map.of("amount", i % 3, "currency", i % 2 == 0 ? "EUR" : "USD"));
                values.put("renewsOn", "2026-01-0" + (1 + i % 4));
                values.put("callAt", "1" + i % 3 + ":00");
                values.put("metAt", "2026-01-0" + (1 + i % 4) + "T10:00:00Z");
                values.put("tier", i % 2 == 0 ? "gold" : "silver");
                values.put("vip", i % 2 == 0);
            }
            thing(values);
        }

        List<Object> whole = ids(sort, 200);

        assertThat(whole).hasSize(17).doesNotHaveDuplicates();
        assertThat(ids(sort, 3)).isEqualTo(whole);
        assertThat(ids(sort, 1)).isEqualTo(whole);
    }

    @Test
    void aListShowsThemAndExpandsReferences() {
        addAll(BOSS);
        Map<String, Object> friend = thing(Map.of("name", "friend"));
        thing(Map.of("name", "n", "partner", friend.get("id"), "seats", 3));
        ListQuery query = new ListQuery(
                "thing",
                FilterParser.parse("seats eq 3"),
                List.of(),
                5,
                null,
                List.of("seats", "partner"),
                List.of("partner"),
                false,
                true);

        Page page = engine.records.list(BOSS, query);

        assertThat(page.total()).isEqualTo(1);
        assertThat(page.items().get(0))
                .containsEntry("seats", 3L)
                .containsEntry("partner", Map.of("id", friend.get("id"), "type", "thing", "title", "friend"))
                .doesNotContainKey("nickname");
    }

    @Test
    void aRequiredFieldIsAskedOfPeopleButNotOfModules() {
        Map<String, Object> before = thing(Map.of("name", "old"));
        add(BOSS, "seats", Map.of("kind", "integer", "required", true), true);

        assertThatThrownBy(() -> thing(Map.of("name", "n"))).satisfies(problem("seats field.required"));
        assertThat(engine.records.update(BOSS, "thing", id(before), Map.of("name", "older"), null))
                .containsEntry("seats", null);
        Map<String, Object> record = thing(Map.of("name", "n", "seats", 1));
        Map<String, @Nullable Object> emptied = new HashMap<>();
        emptied.put("seats", null);
        assertThatThrownBy(() -> engine.records.update(BOSS, "thing", id(record), emptied, null))
                .satisfies(problem("seats field.required"));
        engine.records.inTransaction(BOSS, type(), transaction -> {
            Engine.create(transaction, "by a module");
            return true;
        });
        assertThat(names("seats empty")).containsExactly("older", "by a module");
    }

    @Test
    void aHiddenFieldDoesNotExistForWhoMayNotSeeIt() {
        addAll(BOSS);
        Map<String, Object> record = thing(Map.of("name", "n", "seats", 1, "tier", "gold"));
        Caller blind = Engine.caller(
                40,
                new Rights(
                        Map.of("thing", Map.of(Rights.ANY, Scope.ALL)),
                        Map.of("thing", Map.of("seats", FieldAccess.HIDDEN, "tier", FieldAccess.READ_ONLY))));

        assertThat(engine.records.get(blind, "thing", id(record)))
                .doesNotContainKey("seats")
                .containsEntry("tier", "gold");
        assertThatThrownBy(() -> engine.records.list(blind, query("seats eq 1", "", 5, null)))
                .isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> engine.records.list(blind, query("", "seats", 5, null)))
                .isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> engine.records.update(blind, "thing", id(record), Map.of("seats", 2), null))
                .satisfies(problem("seats field.unknown"));
        assertThatThrownBy(() -> engine.records.update(blind, "thing", id(record), Map.of("tier", "silver"), null))
                .satisfies(problem("tier field.readOnly"));
    }

    @Test
    void twoTenantsUseTheSameNamesAndColumnsWithoutSeeingEachOther() throws SQLException {
        String mine = add(BOSS, "level", Map.of("kind", "integer"));
        add(OTHERS, "level", Map.of("kind", "choice", "choices", List.of("high", "low")));
        add(OTHERS, "count", Map.of("kind", "integer"));
        add(OTHERS, "mood", Map.of("kind", "text"));
        add(BOSS, "note", Map.of("kind", "text"));
        thing(Map.of("name", "m", "level", 3, "note", "secret"));
        engine.records.create(OTHERS, "thing", Map.of("name", "o", "level", "high", "count", 3, "mood", "secret"));

        assertThat(names("level eq 3")).containsExactly("m");
        assertThat(names(OTHERS, "level eq high")).containsExactly("o");
        assertThat(names(OTHERS, "count eq 3 and mood eq secret")).containsExactly("o");
        assertThatThrownBy(() -> names("mood eq secret")).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> thing(Map.of("name", "m", "mood", "x"))).satisfies(problem("mood field.unknown"));
        assertThat(column("select slots from custom_field where name in ('count', 'level') and slots like 'x_int%'"))
                .containsExactly("x_int_1", "x_int_1");
        assertThat(fields.list(OTHERS, null)).extracting("name").containsExactly("level", "count", "mood");
        long id = Ids.fromText(mine).orElseThrow();
        assertThatThrownBy(() -> fields.get(OTHERS, id)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> fields.update(OTHERS, id, Map.of("required", true), null, true))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> fields.delete(OTHERS, id, true)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> fields.deletion(OTHERS, id)).isInstanceOf(NotFound.class);
    }

    @Test
    void fieldsAreAddedWhileOthersReadAndWrite() throws Exception {
        Map<String, Object> shared = thing(Map.of("name", "shared", "size", 1));
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService people = Executors.newFixedThreadPool(8);
        List<Future<Integer>> work = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int me = i;
            work.add(people.submit(() -> {
                int done = 0;
                while (!stop.get() || done == 0) {
                    Map<String, Object> own = thing(Map.of("name", "n" + me, "size", me));
                    engine.records.update(BOSS, "thing", id(own), Map.of("size", me + 1), null);
                    engine.records.list(BOSS, query("size ge 0", "-size", 20, null));
                    engine.records.get(BOSS, "thing", id(shared));
                    done++;
                }
                return done;
            }));
        }

        for (String name : List.of("one", "two", "three", "four", "five")) {
            add(BOSS, name, Map.of("kind", "decimal"));
            thing(Map.of("name", "with " + name, name, 1));
        }
        stop.set(true);
        people.shutdown();

        // A request that failed fails here.
        for (Future<Integer> one : work) {
            assertThat(one.get()).isPositive();
        }
        assertThat(names("five eq 1")).containsExactly("with five");
        assertThat(column("select slot from custom_slot where is_indexed = false"))
                .isEmpty();
    }

    @Test
    void aDeletedFieldComesBackWithAllItsValues() {
        addAll(BOSS);
        Map<String, Object> record = thing(Map.of("name", "n", "seats", 5, "topics", List.of("wool")));
        long seats = idOf("seats");
        long topics = idOf("topics");

        assertThat(fields.deletion(BOSS, seats)).containsEntry("rowsWithValue", 1L);
        assertThatThrownBy(() -> fields.delete(BOSS, seats, false)).satisfies(conflict("customField.hasValues"));
        fields.delete(BOSS, seats, true);
        fields.delete(BOSS, topics, true);

        assertThat(read(record)).doesNotContainKeys("seats", "topics");
        assertThatThrownBy(() -> names("seats eq 5")).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> thing(Map.of("name", "n", "seats", 1))).satisfies(problem("seats field.unknown"));
        assertThatThrownBy(() -> add(BOSS, "seats", Map.of("kind", "text")))
                .satisfies(conflict("customField.existsDeleted"));
        engine.records.update(
                BOSS, "thing", id(record), Map.of("name", "changed meanwhile", "tags", List.of("x")), null);

        fields.restore(BOSS, seats);
        fields.restore(BOSS, topics);

        assertThat(read(record)).containsEntry("seats", 5L).containsEntry("topics", List.of("wool"));
        assertThat(names("seats eq 5 and topics eq wool")).containsExactly("changed meanwhile");
        assertThatThrownBy(() -> fields.restore(BOSS, seats)).satisfies(conflict("customField.isActive"));
    }

    @Test
    void aPurgedFieldLeavesItsColumnEmptyToTheNext() throws Exception {
        String first = add(BOSS, "seats", Map.of("kind", "integer"));
        thing(Map.of("name", "n", "seats", 5));
        long id = Ids.fromText(first).orElseThrow();
        assertThatThrownBy(() -> fields.purge(BOSS, id)).satisfies(conflict("customField.isActive"));
        fields.delete(BOSS, id, true);
        fields.purge(BOSS, id);
        assertThatThrownBy(() -> fields.restore(BOSS, id)).satisfies(conflict("customField.isDeleted"));

        Map<String, Object> outcome =
                new PurgeJob(engine.dataSource, engine.types, fields).run(new FakeJobContext(BOSS, jobs.get(0)));

        assertThat(outcome).containsEntry("rows", 1L);
        assertThat(fields.list(BOSS, "thing")).isEmpty();
        add(BOSS, "rooms", Map.of("kind", "integer"));
        assertThat(column("select slots from custom_field where name = 'rooms'"))
                .containsExactly("x_int_1");
        assertThat(names("rooms empty")).containsExactly("n");
    }

    @Test
    void labelsBoundsAndChoicesChangeAndStrictRulesAreAskedAbout() {
        long tier = Ids.fromText(add(
                        BOSS,
                        "tier",
                        Map.of("kind", "choice", "choices", List.of("gold", "silver"), "labels", Map.of("en", "Tier"))))
                .orElseThrow();
        long seats = Ids.fromText(add(BOSS, "seats", Map.of("kind", "integer"))).orElseThrow();
        Map<String, Object> record = thing(Map.of("name", "n", "tier", "gold", "seats", 50));
        thing(Map.of("name", "empty"));

        Map<String, Object> changed = fields.update(
                BOSS,
                tier,
                Map.of(
                        "labels",
                        Map.of("cy", "Haen"),
                        "choices",
                        List.of(Map.of("value", "bronze", "labels", Map.of("en", "Third")))),
                1,
                false);

        assertThat(changed)
                .containsEntry("labels", Map.of("en", "Tier", "cy", "Haen"))
                .containsEntry("version", 2);
        assertThatThrownBy(() -> thing(Map.of("name", "m", "tier", "silver")))
                .satisfies(problem("tier field.retiredChoice"));
        assertThat(engine.records.update(BOSS, "thing", id(record), Map.of("name", "m", "tier", "gold"), null))
                .containsEntry("tier", "gold");
        assertThat(names("tier eq gold")).containsExactly("m");
        assertThatThrownBy(() -> fields.update(BOSS, tier, Map.of("required", true), 1, false))
                .isInstanceOf(Conflict.class);
        assertThat(fields.preview(BOSS, seats, Map.of("max", 20, "required", true)))
                .containsEntry("rowsBreaking", 2L);
        assertThatThrownBy(() -> fields.update(BOSS, seats, Map.of("max", 20), null, false))
                .satisfies(conflict("customField.breaks"));
        fields.update(BOSS, seats, Map.of("max", 20), null, true);
        assertThatThrownBy(() -> thing(Map.of("name", "n", "seats", 21))).satisfies(problem("seats field.outOfRange"));
        assertThat(engine.records.update(BOSS, "thing", id(record), Map.of("name", "kept"), null))
                .containsEntry("seats", 50L);
    }

    @Test
    void aChoiceKeepsItsLabelsUnlessOthersAreSent() {
        long tier = Ids.fromText(add(
                        BOSS,
                        "tier",
                        Map.of(
                                "kind",
                                "choice",
                                "choices",
                                List.of(Map.of("value", "gold", "labels", Map.of("en", "Gold"))))))
                .orElseThrow();

        Map<String, Object> changed = fields.update(BOSS, tier, Map.of("choices", List.of("silver", "gold")), 1, false);

        assertThat(changed)
                .containsEntry(
                        "choices",
                        List.of(
                                Map.of("value", "silver", "labels", Map.of(), "retired", false),
                                Map.of("value", "gold", "labels", Map.of("en", "Gold"), "retired", false)));
    }

    @Test
    void aModuleThatBringsAFieldOfTheSameNameLeavesBoth() {
        CustomField own = new CustomField(
                1,
                "name",
                CustomField.Kind.TEXT,
                false,
                false,
                null,
                null,
                20,
                "",
                List.of(),
                Map.of(),
                "",
                false,
                List.of("x_text_1"));
        TypeInfo type = new TypeInfo("things", Thing.class).with(List.of(own));
        BaseRecord record = type.newRecord();

        type.field("name").set(record, "the module's");
        type.field("xName").set(record, "ours");

        assertThat(type.json(record)).containsEntry("name", "the module's").containsEntry("xName", "ours");
        assertThat(type.field("xName").ruleName()).isEqualTo("name");
    }

    @Test
    void everyChangeOfADefinitionIsInTheFeed() throws SQLException {
        long id = Ids.fromText(add(BOSS, "seats", Map.of("kind", "integer"))).orElseThrow();
        fields.update(BOSS, id, Map.of("required", true), null, true);
        fields.delete(BOSS, id, true);
        fields.restore(BOSS, id);

        assertThat(column("select verb from change_log where type = 'custom_field' order by id"))
                .containsExactly("create", "update", "delete", "restore");
        assertThat(column("select fields from change_log where verb = 'update'"))
                .containsExactly("{\"required\":[false,true]}");
    }

    @Test
    void withoutTheRightNothingHappens() {
        long id = Ids.fromText(add(BOSS, "seats", Map.of("kind", "integer"))).orElseThrow();
        Caller user = Engine.caller(30, new Rights(Map.of("thing", Map.of(Rights.ANY, Scope.ALL)), Map.of()));

        assertThatThrownBy(() -> fields.list(user, null)).isInstanceOf(Denied.class);
        assertThatThrownBy(() -> fields.get(user, id)).isInstanceOf(Denied.class);
        assertThatThrownBy(() -> add(user, "rooms", Map.of("kind", "integer"))).isInstanceOf(Denied.class);
        assertThatThrownBy(() -> fields.update(user, id, Map.of("required", true), null, true))
                .isInstanceOf(Denied.class);
        assertThatThrownBy(() -> fields.preview(user, id, Map.of())).isInstanceOf(Denied.class);
        assertThatThrownBy(() -> fields.deletion(user, id)).isInstanceOf(Denied.class);
        assertThatThrownBy(() -> fields.delete(user, id, true)).isInstanceOf(Denied.class);
        assertThatThrownBy(() -> fields.restore(user, id)).isInstanceOf(Denied.class);
        assertThatThrownBy(() -> fields.purge(user, id)).isInstanceOf(Denied.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"name":"name","kind":"text"}                        | name customField.nameTaken
            {"name":"owner","kind":"text"}                       | name customField.nameTaken
            {"name":"id","kind":"text"}                          | name customField.badName
            {"name":"xSeats","kind":"text"}                      | name customField.badName
            {"name":"drop table","kind":"text"}                  | name customField.badName
            {"name":"größe","kind":"text"}                       | name customField.badName
            {"kind":"text"}                                      | name customField.badName
            {"name":"a"}                                         | kind field.notAChoice
            {"name":"a","kind":"blob"}                           | kind field.notAChoice
            {"name":"a","kind":"text","maxLength":0}             | maxLength field.outOfRange
            {"name":"a","kind":"text","maxLength":20001}         | maxLength field.outOfRange
            {"name":"a","kind":"date","maxLength":5}             | maxLength customField.notForKind
            {"name":"a","kind":"text","min":5}                   | min customField.notForKind
            {"name":"a","kind":"integer","min":5,"max":4}        | max field.outOfRange
            {"name":"a","kind":"integer","min":0.5}              | min field.notWhole
            {"name":"a","kind":"integer","min":1e400}            | min field.notWhole
            {"name":"a","kind":"choice"}                         | choices field.required
            {"name":"a","kind":"choice","choices":["a b"]}       | choices[0].value customField.badChoice
            {"name":"a","kind":"choice","choices":["a","a"]}     | choices[1].value field.notUnique
            {"name":"a","kind":"text","choices":["a"]}           | choices customField.notForKind
            {"name":"a","kind":"reference","references":"ship"}  | references field.notAChoice
            {"name":"a","kind":"text","references":"thing"}      | references customField.notForKind
            {"name":"a","kind":"text","labels":{"xx yy":"A"}}    | labels.xx yy field.notLanguage
            {"name":"a","kind":"text","labels":{"en":""}}        | labels.en field.notText
            {"name":"a","kind":"text","required":"yes"}          | required field.notBoolean
            {"name":"a","kind":"text","slots":"x_text_1"}        | slots field.unknown
            """)
    void aDefinitionThatMakesNoSenseIsRefused(String json, String expected) {
        Map<String, Object> given = new HashMap<>(org.trelliscrm.runtime.data.Json.readObject(json));
        given.put("type", "thing");

        assertThatThrownBy(() -> fields.create(BOSS, given)).satisfies(problem(expected));
        assertThat(fields.list(BOSS, null)).isEmpty();
    }

    @Test
    void whatValuesDependOnNeverChanges() {
        long id = Ids.fromText(add(BOSS, "seats", Map.of("kind", "integer"))).orElseThrow();

        assertThatThrownBy(() -> fields.update(BOSS, id, Map.of("name", "rooms"), null, false))
                .satisfies(problem("name customField.fixed"));
        assertThatThrownBy(() -> fields.update(BOSS, id, Map.of("kind", "text"), null, false))
                .satisfies(problem("kind customField.fixed"));
        assertThatThrownBy(() -> fields.create(BOSS, Map.of("type", "ship", "name", "a", "kind", "text")))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> add(BOSS, "seats", Map.of("kind", "text"))).satisfies(conflict("customField.exists"));
    }

    @Test
    void theLongestTextsFitIntoTheirColumnsAndIndexes() {
        add(BOSS, "wide", Map.of("kind", "text", "maxLength", 400));
        add(BOSS, "deep", Map.of("kind", "text", "maxLength", 20_000));
        StringBuilder random = new StringBuilder();
        // Nothing that a database could press together.
        new java.util.Random(1).ints(20_000, 0x4e00, 0x9fff).forEach(random::appendCodePoint);

        Map<String, Object> record =
                thing(Map.of("name", "n", "wide", random.substring(0, 400), "deep", random.toString()));

        assertThat(read(record)).isEqualTo(record);
        assertThat(names("wide starts " + random.substring(0, 50))).containsExactly("n");
    }

    @Test
    void aFormulaIsComputedFiltersAndSorts() {
        add(BOSS, "seats", Map.of("kind", "integer"));
        add(BOSS, "rate", Map.of("kind", "money"));
        formula("yearly", "decimal", "seats * rate * 12");
        formula("label", "text", "yearly > 1000 ? upper(left(name, 3)) + \" big\" : concat(name, \" small\")");
        formula("ends", "date", "addDays(builtOn, 30)");
        thing(Map.of(
                "name",
                "Ada",
                "seats",
                10,
                "rate",
                Map.of("amount", "9.5", "currency", "EUR"),
                "builtOn",
                "2024-02-29"));
        Map<String, Object> small =
                thing(Map.of("name", "Bob", "seats", 1, "rate", Map.of("amount", 1, "currency", "EUR")));
        thing(Map.of("name", "Cem"));

        assertThat(names("yearly eq 1140 and label eq \"ADA big\" and ends eq 2024-03-30"))
                .containsExactly("Ada");
        assertThat(names("label eq \"Bob small\"")).containsExactly("Bob");
        assertThat(names("yearly empty and label empty")).containsExactly("Cem");
        assertThat(ids("-yearly", 1)).hasSize(3);
        assertThatThrownBy(() -> thing(Map.of("name", "n", "yearly", 5))).satisfies(problem("yearly field.readOnly"));
        assertThat(engine.records.update(BOSS, "thing", id(small), Map.of("seats", 2), null))
                .containsEntry("yearly", new BigDecimal("24"));
    }

    @Test
    void aNewFormulaIsComputedForWhatIsThereAlready() throws SQLException {
        Map<String, Object> record = thing(Map.of("name", "n", "size", 4));
        String id = formula("double", "integer", "size * 2");

        compute();
        assertThat(read(record)).containsEntry("double", 8L).containsEntry("version", 2);
        assertThat(names("double eq 8")).containsExactly("n");
        assertThat(column("select fields from change_log where verb = 'compute'"))
                .containsExactly("{\"double\":[null,8]}");

        fields.update(BOSS, Ids.fromText(id).orElseThrow(), Map.of("formula", "size * 3"), null, false);
        compute();
        assertThat(read(record)).containsEntry("double", 12L).containsEntry("version", 3);
    }

    @Test
    void aFormulaNeverStandsInTheWayOfWhoSaves() {
        formula("ratio", "decimal", "weight / size");
        formula("huge", "decimal", "weight * 999999999999999 * 999999999999999");
        formula("late", "date", "addDays(builtOn, 3999999)");
        formula("long", "text", "concat(name, name, name, name, name, name)");

        Map<String, Object> record = thing(
                Map.of("name", "x".repeat(60), "size", 0, "weight", new BigDecimal("1.5"), "builtOn", "2024-02-29"));

        assertThat(record)
                .containsEntry("ratio", null)
                .containsEntry("huge", null)
                .containsEntry("late", null)
                .containsEntry("long", "x".repeat(255));
    }

    @Test
    void formulasThatDependOnEachOtherInACircleAreRefused() {
        add(BOSS, "seats", Map.of("kind", "integer"));
        formula("third", "decimal", "seats + 1");
        formula("second", "decimal", "third + 1");
        String third = fields.list(BOSS, "thing").get(1).get("id").toString();

        assertThatThrownBy(() -> formula("own", "decimal", "own + 1")).satisfies(problem("formula formula.cycle"));
        assertThatThrownBy(() -> fields.update(
                        BOSS, Ids.fromText(third).orElseThrow(), Map.of("formula", "second * 2"), null, false))
                .isInstanceOfSatisfying(Invalid.class, invalid -> assertThat(
                                invalid.fields().get(0).arguments())
                        .containsEntry("path", "third → second → third"));
        assertThatThrownBy(() -> fields.delete(BOSS, idOf("seats"), true)).satisfies(conflict("customField.usedBy"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            nonsense + 1                       | formula.unknownField
            secret                             | formula.unknownField
            updatedAt                          | formula.unknownField
            tags                               | formula.unknownField
            parent                             | formula.unknownField
            name + size                        | formula.badOperands
            name * 2                           | formula.badOperands
            "5" + 5                            | formula.badOperands
            name > 5                           | formula.badOperands
            fragile > true                     | formula.badOperands
            -name                              | formula.badOperand
            size ? 1 : 2                       | formula.notACondition
            fragile ? 1 : name                 | formula.twoKinds
            name                               | formula.wrongResult
            size +                             | formula.syntax
            (size                              | formula.syntax
            size size                          | formula.syntax
            size; size                         | formula.notAllowed
            "open                              | formula.notAllowed
            size = 5                           | formula.notAllowed
            while(fragile) { }                 | formula.notAllowed
            name.getClass()                    | formula.notAllowed
            exec("ls")                         | formula.unknownFunction
            round(size)                        | formula.badArguments
            length(size)                       | formula.badArguments
            """)
    void aFormulaThatMakesNoSenseIsRefused(String formula, String code) {
        assertThatThrownBy(() -> formula("a", "decimal", formula)).satisfies(problem("formula " + code));
        assertThatThrownBy(() -> formula("a", "decimal", "(".repeat(500) + "1" + ")".repeat(499)))
                .satisfies(problem("formula formula.tooDeep"));
        assertThatThrownBy(() -> formula("a", "decimal", "-".repeat(900) + "1"))
                .satisfies(problem("formula formula.tooDeep"));
        assertThatThrownBy(() -> formula("a", "decimal", "1" + "+1".repeat(500)))
                .satisfies(problem("formula field.tooLong"));
    }

    private String formula(String name, String result, String formula) {
        return add(BOSS, name, Map.of("kind", "formula", "result", result, "formula", formula));
    }

    /** Runs the job that was asked for last. */
    private void compute() {
        new ComputeJob(engine.records).run(new FakeJobContext(BOSS, jobs.get(jobs.size() - 1)));
    }

    private void addAll(Caller caller) {
        KINDS.forEach((name, definition) -> add(caller, name, definition));
    }

    private String add(Caller caller, String name, Map<String, Object> definition) {
        return add(caller, name, definition, false);
    }

    private String add(Caller caller, String name, Map<String, Object> definition, boolean required) {
        Map<String, Object> given = new HashMap<>(definition);
        given.put("type", "thing");
        given.put("name", name);
        if (required) {
            given.put("required", true);
        }
        return (String) fields.create(caller, given).get("id");
    }

    private long idOf(String name) {
        return fields.list(BOSS, "thing").stream()
                .filter(one -> one.get("name").equals(name))
                .map(one -> Ids.fromText((String) one.get("id")).orElseThrow())
                .findFirst()
                .orElseThrow();
    }

    private static Class<? extends BaseRecord> type() {
        return Thing.class;
    }

    private static java.util.function.Consumer<Throwable> problem(String expected) {
        return thrown -> assertThat(thrown)
                .isInstanceOfSatisfying(Invalid.class, invalid -> assertThat(invalid.fields())
                        .extracting(one -> one.path() + " " + one.code())
                        .containsExactly(expected));
    }

    private static java.util.function.Consumer<Throwable> conflict(String code) {
        return thrown -> assertThat(thrown)
                .isInstanceOfSatisfying(
                        Conflict.class, conflict -> assertThat(conflict.code()).isEqualTo(code));
    }

    private Map<String, Object> thing(Map<String, Object> values) {
        return engine.records.create(BOSS, "thing", values);
    }

    private Map<String, Object> read(Map<String, Object> record) {
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
            Page page = engine.records.list(BOSS, query("", sort, limit, cursor));
            page.items().forEach(one -> ids.add(one.get("id")));
            cursor = page.next();
        } while (cursor != null);
        return ids;
    }

    private static ListQuery query(String filter, String sort, int limit, @Nullable String cursor) {
        List<Sort> keys = sort.isEmpty()
                ? List.of()
                : Arrays.stream(sort.split(","))
                        .map(key -> key.startsWith("-") ? new Sort(key.substring(1), true) : new Sort(key, false))
                        .toList();
        return new ListQuery(
                "thing", FilterParser.parse(filter), keys, limit, cursor, List.of(), List.of(), false, false);
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
