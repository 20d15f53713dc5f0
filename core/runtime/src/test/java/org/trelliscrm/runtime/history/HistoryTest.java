// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.FieldAccess;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.job.JobContext;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.feed.ChangeSets;
import org.trelliscrm.runtime.jobs.JobQueue;
import org.trelliscrm.runtime.jobs.TestQueue;
import org.trelliscrm.runtime.jobs.TestTexts;
import org.trelliscrm.runtime.records.Engine;
import org.trelliscrm.runtime.records.TypeRegistry.ServingType;

/** What was done in one go is seen and undone, and old values come back; the same on each database. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class HistoryTest {

    private static final Caller BOSS = Engine.caller(7, Rights.ALL);

    @TempDir
    static Path folder;

    private Engine engine;
    private Ids ids;
    private ChangeSetTable table;
    private Undos undos;
    private UndoJob job;
    private ChangeSetView view;
    private RecordHistory history;

    abstract Engine start();

    @BeforeAll
    void open() {
        engine = start();
        Clock clock = Clock.systemUTC();
        ids = new Ids(clock);
        table = new ChangeSetTable(engine.dataSource, clock);
        LoggedChanges log = new LoggedChanges(engine.dataSource);
        JobQueue queue = TestQueue.over(engine.dataSource, folder, clock);
        undos = new Undos(table, log, engine.records, engine.types, TestTexts.problems(), queue, ids, clock);
        UndoProblems problems = new UndoProblems(engine.dataSource, ids);
        job = new UndoJob(undos, table, log, problems);
        view = new ChangeSetView(table, undos, log, problems, engine.types, engine.references, TestTexts.texts());
        history = new RecordHistory(log, engine.records, engine.types, engine.references);
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        execute("delete from things_thing");
        execute("delete from change_log");
        execute("delete from change_set");
        execute("delete from undo_problem");
        execute("delete from job");
    }

    // ------------------------------------------------------------------------------------------------ undo

    @Test
    void anUndoTakesBackWhatWasCreatedChangedTrashedAndRestored() {
        String changed = create("changed", 1);
        String trashed = create("trashed", 1);
        String restored = create("restored", 1);
        trash(restored);
        String[] created = new String[1];
        long set = changeSet(BOSS, () -> {
            created[0] = create("created", 1);
            update(changed, Map.of("size", 2, "tags", List.of("a"), "price", Map.of("amount", "5", "currency", "EUR")));
            update(changed, Map.of("size", 3));
            trash(trashed);
            engine.records.restore(BOSS, "thing", id(restored));
        });

        Map<String, Object> outcome = undo(BOSS, set);

        assertThat(outcome).containsEntry("undone", 4L).containsEntry("conflicts", 0L);
        assertThat(get(changed))
                .containsEntry("size", 1)
                .containsEntry("tags", List.of())
                .containsEntry("price", null);
        assertThat(isInTrash(created[0])).isTrue();
        assertThat(isInTrash(trashed)).isFalse();
        assertThat(isInTrash(restored)).isTrue();
        assertThat(state(set)).isEqualTo("undone");
    }

    @Test
    void aFieldThatSomebodyHasChangedSinceStaysAndTheRestIsPutBack() {
        String thing = create("thing", 1);
        long set = changeSet(BOSS, () -> update(thing, Map.of("size", 2, "weight", 5)));
        update(thing, Map.of("size", 9));

        Map<String, Object> preview = view.preview(BOSS, set);
        Map<String, Object> outcome = undo(BOSS, set);

        assertThat(preview)
                .containsEntry("undone", 1L)
                .containsEntry("conflicts", 1L)
                .containsEntry("complete", true);
        assertThat(outcome).containsEntry("undone", 1L).containsEntry("conflicts", 1L);
        assertThat(get(thing)).containsEntry("size", 9).containsEntry("weight", null);
        Map<String, Object> problem =
                items(view.problems(BOSS, changeSetOf(outcome), 10, null)).get(0);
        assertThat(problem)
                .containsEntry("kind", "conflict")
                .containsEntry("record", thing)
                .containsEntry("title", "thing");
        assertThat(problem.get("fields")).isEqualTo(Map.of("size", Map.of("before", 1, "written", 2, "now", 9)));
        assertThat(items(preview, "problems").get(0)).isEqualTo(problem);
        assertThat(state(set)).isEqualTo("partly-undone");
    }

    @Test
    void aCreatedRecordThatSomebodyHasWorkedOnStays() {
        String[] thing = new String[1];
        long set = changeSet(BOSS, () -> thing[0] = create("thing", 1));
        update(thing[0], Map.of("weight", 7));

        assertThat(undo(BOSS, set)).containsEntry("undone", 0L).containsEntry("conflicts", 1L);
        assertThat(isInTrash(thing[0])).isFalse();
    }

    @Test
    void whatSomebodyHasTrashedSinceIsLeftThere() {
        String thing = create("thing", 1);
        long set = changeSet(BOSS, () -> update(thing, Map.of("size", 2)));
        trash(thing);

        assertThat(undo(BOSS, set)).containsEntry("undone", 0L).containsEntry("conflicts", 1L);
        assertThat(isInTrash(thing)).isTrue();
    }

    @Test
    void anUndoCanBeUndoneAndDoneAgain() {
        String changed = create("changed", 1);
        String trashed = create("trashed", 1);
        String[] created = new String[1];
        long set = changeSet(BOSS, () -> {
            created[0] = create("created", 1);
            update(changed, Map.of("size", 2));
            trash(trashed);
        });

        Map<String, Object> undone = undo(BOSS, set);
        Map<String, Object> redone = undo(BOSS, changeSetOf(undone));

        assertThat(redone).containsEntry("undone", 3L).containsEntry("conflicts", 0L);
        assertThat(get(changed)).containsEntry("size", 2);
        assertThat(isInTrash(created[0])).isFalse();
        assertThat(isInTrash(trashed)).isTrue();
        assertThat(state(set)).isEqualTo("done");

        assertThat(undo(BOSS, set)).containsEntry("undone", 3L).containsEntry("conflicts", 0L);
        assertThat(get(changed)).containsEntry("size", 1);
        assertThat(isInTrash(created[0])).isTrue();
        assertThat(isInTrash(trashed)).isFalse();
    }

    @Test
    void aSecondUndoIsRefused() {
        String thing = create("thing", 1);
        long set = changeSet(BOSS, () -> update(thing, Map.of("size", 2)));
        Undos.Begun begun = undos.begin(BOSS, set);

        assertConflict(set, "changeSet.beingUndone");
        run(BOSS, set, begun, 1, Integer.MAX_VALUE);
        assertConflict(set, "changeSet.alreadyUndone");
    }

    private void assertConflict(long set, String code) {
        assertThatThrownBy(() -> undos.begin(BOSS, set))
                .isInstanceOfSatisfying(
                        Conflict.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @Test
    void ofThoseWhoUndoAtOnceOneBegins() throws Exception {
        String thing = create("thing", 1);
        long set = changeSet(BOSS, () -> update(thing, Map.of("size", 2)));
        ExecutorService people = Executors.newFixedThreadPool(6);

        List<Future<Integer>> tries = people.invokeAll(IntStream.range(0, 6)
                .<Callable<Integer>>mapToObj(i -> () -> {
                    try {
                        undos.begin(BOSS, set);
                        return 1;
                    } catch (Conflict late) {
                        return 0;
                    }
                })
                .toList());
        people.shutdown();

        int begun = 0;
        for (Future<Integer> one : tries) {
            begun += one.get();
        }
        assertThat(begun).isEqualTo(1);
    }

    @Test
    void whatIsStillGoingOnCannotBeUndone() {
        long set = ids.next();
        table.open(BOSS, set, "bulk-update", Map.of(), null);

        assertConflict(set, "changeSet.running");
    }

    @Test
    void anUndoThatWasCutShortGoesOnWhereItWas() throws SQLException {
        List<String> things =
                IntStream.range(0, 10).mapToObj(i -> create("thing " + i, 1)).toList();
        long set = changeSet(
                BOSS,
                () -> things.forEach(thing -> {
                    update(thing, Map.of("size", 2));
                    update(thing, Map.of("size", 3));
                }));
        update(things.get(0), Map.of("size", 9));
        Undos.Begun killed = undos.begin(BOSS, set);
        assertThatThrownBy(() -> run(BOSS, set, killed, 1, 8)).hasMessage("killed");
        assertConflict(set, "changeSet.beingUndone");
        execute("update job set state = 'failed' where id = " + killed.job());

        Undos.Begun again = undos.begin(BOSS, set);
        Map<String, Object> outcome = run(BOSS, set, again, 2, Integer.MAX_VALUE);

        assertThat(again.changeSet()).isEqualTo(killed.changeSet());
        assertThat(outcome)
                .containsEntry("undone", 9L)
                .containsEntry("conflicts", 1L)
                .containsEntry("unchanged", 0L);
        assertThat(things.stream().map(thing -> get(thing).get("size")).toList())
                .containsExactly(9, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(items(view.changes(BOSS, again.changeSet(), 100, null))).hasSize(9);
        assertThatThrownBy(() -> run(BOSS, set, killed, 1, Integer.MAX_VALUE)).isInstanceOf(Conflict.class);
    }

    @Test
    void whatTheCallerMayNotChangeIsListed() {
        Caller writer = Engine.caller(8, rights("read", "create"));
        String[] own = new String[1];
        long set = changeSet(
                writer,
                () -> own[0] = (String) engine.records
                        .create(writer, "thing", Map.of("name", "own"))
                        .get("id"));

        Map<String, Object> outcome = undo(writer, set);

        assertThat(outcome).containsEntry("undone", 0L).containsEntry("refused", 1L);
        assertThat(isInTrash(own[0])).isFalse();
        Map<String, Object> problem =
                items(view.problems(writer, changeSetOf(outcome), 10, null)).get(0);
        assertThat(problem).containsEntry("kind", "refused").containsEntry("record", own[0]);
        assertThat(problem.get("reason"))
                .isEqualTo(Map.of("code", "access.denied", "message", "You need the right thing:delete for this"));
        assertThat(state(set)).isEqualTo("partly-undone");
    }

    @Test
    void aFieldThatTheCallerMayNotWriteIsListedAndTheRestPutBack() {
        String thing = create("thing", 1);
        Caller limited = Engine.caller(
                7,
                new Rights(
                        Map.of("thing", Map.of(Rights.ANY, Scope.ALL)),
                        Map.of("thing", Map.of("size", FieldAccess.READ_ONLY, "code", FieldAccess.HIDDEN))));
        long set = changeSet(BOSS, () -> update(thing, Map.of("size", 2, "weight", 3, "code", "x")));

        Map<String, Object> outcome = undo(limited, set);

        assertThat(outcome).containsEntry("undone", 1L).containsEntry("refused", 1L);
        assertThat(get(thing))
                .containsEntry("size", 2)
                .containsEntry("weight", null)
                .containsEntry("code", "x");
        Map<String, Object> problem =
                items(view.problems(limited, changeSetOf(outcome), 10, null)).get(0);
        assertThat(fields(problem)).containsOnlyKeys("size");
    }

    @Test
    void whatARuleForbidsIsListed() throws SQLException {
        String thing = create("thing", 1);
        // As if the rule had come with a later version of the module.
        execute("update things_thing set name = null");
        long set = changeSet(BOSS, () -> update(thing, Map.of("name", "named")));

        Map<String, Object> outcome = undo(BOSS, set);

        assertThat(outcome).containsEntry("refused", 1L).containsEntry("undone", 0L);
        assertThat(get(thing)).containsEntry("name", "named");
        Map<String, Object> problem =
                items(view.problems(BOSS, changeSetOf(outcome), 10, null)).get(0);
        assertThat(fields(problem)).containsOnlyKeys("name");
    }

    @Test
    void aRecordThatMakesTheSystemStumbleIsListedAndTheOthersArePutBack() throws SQLException {
        String odd = create("odd", 1);
        String other = create("other", 1);
        long set = changeSet(BOSS, () -> {
            update(other, Map.of("size", 2));
            update(odd, Map.of("size", 2));
        });
        execute("update things_thing set color = 'NO COLOUR' where name = 'odd'");

        Map<String, Object> outcome = undo(BOSS, set);

        assertThat(outcome).containsEntry("refused", 1L).containsEntry("undone", 1L);
        assertThat(get(other)).containsEntry("size", 1);
    }

    @Test
    void recordsOfARemovedModuleAreListedAndUndoneWhenItIsBack() {
        String thing = create("thing", 1);
        long set = changeSet(BOSS, () -> update(thing, Map.of("size", 2)));
        ServingType serving = engine.types.require("thing");
        engine.types.remove("things");

        Map<String, Object> first;
        try {
            first = undo(BOSS, set);
            assertThat(items(view.problems(BOSS, changeSetOf(first), 10, null)).get(0))
                    .containsEntry("kind", "notInstalled")
                    .containsEntry("installed", false);
        } finally {
            engine.types.add(List.of(serving));
        }
        Map<String, Object> second = undo(BOSS, set);

        assertThat(first).containsEntry("notInstalled", 1L).containsEntry("undone", 0L);
        assertThat(second).containsEntry("notInstalled", 0L).containsEntry("undone", 1L);
        assertThat(get(thing)).containsEntry("size", 1);
        assertThat(state(set)).isEqualTo("undone");
    }

    @Test
    void theRestOfAnUndoLeavesAloneWhatWasSetByHandAfterTheFirst() {
        String stuck = create("stuck", 1);
        String free = create("free", 1);
        long set = changeSet(BOSS, () -> {
            update(stuck, Map.of("size", 2));
            update(free, Map.of("size", 2));
        });
        update(stuck, Map.of("size", 9));
        undo(BOSS, set);
        update(free, Map.of("size", 2));
        update(stuck, Map.of("size", 2));

        assertThat(undo(BOSS, set)).containsEntry("undone", 1L).containsEntry("conflicts", 0L);
        assertThat(get(stuck)).containsEntry("size", 1);
        assertThat(get(free)).containsEntry("size", 2);
    }

    // ---------------------------------------------------------------------------------------- change sets

    @Test
    void changeSetsAreListedNewestFirst() {
        long first = changeSet(BOSS, () -> create("a", 1));
        long second = changeSet(BOSS, () -> create("b", 1));

        Map<String, Object> page = view.list(BOSS, "bulk-update", Ids.toText(7), 1, null);
        Map<String, Object> next = view.list(BOSS, null, null, 1, (String) page.get("next"));

        assertThat(items(page)).extracting("id").containsExactly(Ids.toText(second));
        assertThat(items(next)).extracting("id").containsExactly(Ids.toText(first));
        assertThat(next.get("next")).isNull();
        assertThat(items(view.list(BOSS, "import", null, 10, null))).isEmpty();
        assertThat(items(view.list(BOSS, null, Ids.toText(8), 10, null))).isEmpty();
    }

    @Test
    void aChangeSetTellsWhatItChanged() {
        String thing = create("thing", 1);
        long set = changeSet(BOSS, () -> {
            create("new", 1);
            update(thing, Map.of("size", 2));
        });

        Map<String, Object> page = view.changes(BOSS, set, 1, null);
        Map<String, Object> next = view.changes(BOSS, set, 1, (String) page.get("next"));

        assertThat(items(view.get(BOSS, set), "counts"))
                .containsExactly(
                        Map.of("type", "thing", "verb", "create", "count", 1L),
                        Map.of("type", "thing", "verb", "update", "count", 1L));
        assertThat(items(page)).extracting("title").containsExactly("new");
        assertThat(items(next).get(0))
                .containsEntry("record", thing)
                .containsEntry("fields", Map.of("size", Map.of("before", 1, "after", 2)));
        assertThat(next.get("next")).isNull();
    }

    @Test
    void nobodySeesMoreOfAChangeSetThanOfItsRecords() {
        String thing = create("thing", 1);
        long set = changeSet(BOSS, () -> update(thing, Map.of("size", 2, "weight", 3)));
        Map<String, Map<String, Scope>> all =
                Map.of("changeset", Map.of("read", Scope.ALL), "thing", Map.of("read", Scope.ALL));
        Caller auditor = Engine.caller(9, new Rights(all, Map.of("thing", Map.of("size", FieldAccess.HIDDEN))));
        Caller own = Engine.caller(
                10,
                new Rights(
                        Map.of("changeset", Map.of("read", Scope.ALL), "thing", Map.of("read", Scope.OWN)), Map.of()));
        Caller stranger = Engine.caller(11, rights("read", "update"));

        assertThat(fields(items(view.changes(auditor, set, 10, null)).get(0))).containsOnlyKeys("weight");
        assertThat(items(view.changes(own, set, 10, null))).isEmpty();
        assertThatThrownBy(() -> undos.begin(auditor, set)).isInstanceOf(Denied.class);
        assertThat(items(view.list(stranger, null, null, 10, null))).isEmpty();
        assertUnknown(stranger, set);
        assertUnknown(Engine.caller(2, 7, Rights.ALL), set);
        assertThat(items(view.list(Engine.caller(2, 7, Rights.ALL), null, null, 10, null)))
                .isEmpty();
    }

    private void assertUnknown(Caller caller, long set) {
        assertThatThrownBy(() -> view.get(caller, set)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> view.changes(caller, set, 10, null)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> view.problems(caller, set, 10, null)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> view.preview(caller, set)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> undos.begin(caller, set)).isInstanceOf(NotFound.class);
    }

    // -------------------------------------------------------------------------------------------- history

    @Test
    void theHistoryOfARecordAndOfAFieldIsToldNewestFirst() {
        String thing = create("thing", 1);
        update(thing, Map.of("weight", 5));
        update(thing, Map.of("size", 2));

        Map<String, Object> all = history.of(BOSS, "thing", id(thing), null, 2, null);
        Map<String, Object> rest = history.of(BOSS, "thing", id(thing), null, 2, (String) all.get("next"));
        Map<String, Object> sizes = history.of(BOSS, "thing", id(thing), "size", 1, null);
        Map<String, Object> older = history.of(BOSS, "thing", id(thing), "size", 1, (String) sizes.get("next"));

        assertThat(items(all)).extracting("verb").containsExactly("update", "update");
        assertThat(items(rest)).extracting("verb").containsExactly("create");
        assertThat(rest.get("next")).isNull();
        assertThat(items(sizes)).extracting("fields").containsExactly(Map.of("size", Map.of("before", 1, "after", 2)));
        assertThat(fields(items(older).get(0))).containsOnlyKeys("size");
        assertThat(items(all).get(0)).containsEntry("by", Ids.toText(7));
    }

    @Test
    void theHistoryShowsNoMoreThanTheRecord() {
        String thing = create("thing", 1);
        trash(thing);
        Caller blind = Engine.caller(
                9,
                new Rights(
                        Map.of("thing", Map.of("read", Scope.ALL)),
                        Map.of("thing", Map.of("size", FieldAccess.HIDDEN))));

        assertThat(items(history.of(BOSS, "thing", id(thing), null, 10, null))).hasSize(2);
        assertThat(fields(items(history.of(blind, "thing", id(thing), null, 10, null))
                        .get(1)))
                .doesNotContainKey("size")
                .containsKey("name");
        assertThatThrownBy(() -> history.of(blind, "thing", id(thing), "size", 10, null))
                .isInstanceOf(Invalid.class);
        Caller own = Engine.caller(10, new Rights(Map.of("thing", Map.of("read", Scope.OWN)), Map.of()));
        for (Caller other : List.of(own, Engine.caller(2, 7, Rights.ALL))) {
            assertThatThrownBy(() -> history.of(other, "thing", id(thing), null, 10, null))
                    .isInstanceOf(NotFound.class);
        }
        assertThatThrownBy(() -> history.of(Engine.caller(11, Rights.NONE), "thing", id(thing), null, 10, null))
                .isInstanceOf(Denied.class);
    }

    @Test
    void anOldValueComesBack() {
        String thing = create("thing", 1);
        update(thing, Map.of("size", 2, "tags", List.of("a")));
        update(thing, Map.of("size", 3));
        List<Map<String, Object>> changes = items(history.of(BOSS, "thing", id(thing), null, 10, null));
        long second = Ids.fromText((String) changes.get(1).get("id")).orElseThrow();

        Map<String, Object> restored = history.restore(BOSS, "thing", id(thing), second, List.of("size", "tags"), 3);

        assertThat(restored)
                .containsEntry("size", 1)
                .containsEntry("tags", List.of())
                .containsEntry("version", 4);
        assertThatThrownBy(() -> history.restore(BOSS, "thing", id(thing), second, List.of("size"), 3))
                .isInstanceOfSatisfying(
                        Conflict.class, problem -> assertThat(problem.status()).isEqualTo(412));
        assertThatThrownBy(() -> history.restore(BOSS, "thing", id(thing), second, List.of("weight"), null))
                .isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> history.restore(BOSS, "thing", id(thing), 5, List.of("size"), null))
                .isInstanceOf(NotFound.class);
        Caller reader = Engine.caller(8, rights("read"));
        assertThatThrownBy(() -> history.restore(reader, "thing", id(thing), second, List.of("size"), null))
                .isInstanceOf(Denied.class);
    }

    // ------------------------------------------------------------------------------------------------ tools

    private static Rights rights(String... verbs) {
        Map<String, Scope> scopes = new java.util.HashMap<>();
        for (String verb : verbs) {
            scopes.put(verb, Scope.ALL);
        }
        return new Rights(Map.of("thing", scopes), Map.of());
    }

    private long changeSet(Caller caller, Runnable work) {
        long set = ids.next();
        table.open(caller, set, "bulk-update", Map.of(), null);
        ChangeSets.within(set, work);
        table.close(set);
        return set;
    }

    private Map<String, Object> undo(Caller caller, long set) {
        return run(caller, set, undos.begin(caller, set), 1, Integer.MAX_VALUE);
    }

    private Map<String, Object> run(Caller caller, long set, Undos.Begun begun, int attempt, int killedAfter) {
        return job.run(new Context(
                caller,
                begun.job(),
                Map.of("changeSet", Ids.toText(set), "undo", Ids.toText(begun.changeSet()), "attempt", attempt),
                killedAfter));
    }

    private static long changeSetOf(Map<String, Object> outcome) {
        return Ids.fromText((String) outcome.get("changeSet")).orElseThrow();
    }

    private Object state(long set) {
        return view.get(BOSS, set).get("state");
    }

    private String create(String name, int size) {
        return (String) engine.records
                .create(BOSS, "thing", Map.of("name", name, "size", size))
                .get("id");
    }

    private void update(String thing, Map<String, Object> patch) {
        engine.records.update(BOSS, "thing", id(thing), patch, null);
    }

    private void trash(String thing) {
        engine.records.trash(BOSS, "thing", id(thing), null);
    }

    private Map<String, Object> get(String thing) {
        return engine.records.get(BOSS, "thing", id(thing));
    }

    private boolean isInTrash(String thing) {
        try {
            engine.records.get(BOSS, "thing", id(thing), true, List.of());
            return true;
        } catch (NotFound e) {
            return false;
        }
    }

    private static long id(String text) {
        return Ids.fromText(text).orElseThrow();
    }

    private static List<Map<String, Object>> items(Map<String, Object> page) {
        return items(page, "items");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> items(Map<String, Object> page, String name) {
        return new ArrayList<>((List<Map<String, Object>>) page.get(name));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Map<String, Object> item) {
        return (Map<String, Object>) item.get("fields");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = engine.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The surroundings of a job that dies after some steps. */
    private record Context(Caller caller, long id, Map<String, Object> input, int killedAfter) implements JobContext {

        @Override
        public Map<String, Object> state() {
            return Map.of();
        }

        @Override
        public void checkpoint(Map<String, Object> state) {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable Path folder() {
            return null;
        }

        @Override
        public void progress(long done, long total) {
            if (done >= killedAfter) {
                throw new IllegalStateException("killed");
            }
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void offer(String name, String mediaType) {}
    }
}
