// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.job.Job;
import org.trelliscrm.api.job.JobContext;
import org.trelliscrm.api.job.Jobs;
import org.trelliscrm.api.job.Retry;
import org.trelliscrm.api.module.ActiveModule;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.runtime.data.Ids;

class JobRunnerTest {

    private static final Caller ANNA = new Caller(
            1,
            50L,
            "Anna",
            Set.of(),
            null,
            Rights.ALL,
            Locale.ENGLISH,
            Caller.system(1).zone());

    private static final ActiveModule CORE = new ActiveModule() {
        @Override
        public String id() {
            return "core";
        }

        @Override
        public String version() {
            return "1.0.0";
        }
    };

    private final FakeClock clock = new FakeClock();
    private final AtomicBoolean databaseAway = new AtomicBoolean();
    private final List<JobRunner> runners = new ArrayList<>();
    private final Map<JobRunner, Runnable> bells = new ConcurrentHashMap<>();

    @TempDir
    private Path data;

    private JobTable table;
    private ScheduleTable scheduleTable;
    private JobQueue queue;

    @BeforeEach
    void open() throws Exception {
        DataSource dataSource = sometimesAway(TestDatabase.DERBY.open());
        table = new JobTable(dataSource);
        scheduleTable = new ScheduleTable(dataSource);
        queue = new JobQueue(table, new JobFolders(data.resolve("a")), new Ids(clock), clock);
    }

    @AfterEach
    void stop() throws Exception {
        databaseAway.set(false);
        for (JobRunner runner : runners) {
            runner.stop();
        }
    }

    @Test
    void aJobIsRunForWhoAskedForItAndItsOutcomeKept() {
        runner("a").addJob(job("greet", context -> {
            context.progress(2, 2);
            return Map.of(
                    "text", context.input().get("word") + " " + context.caller().name());
        }));

        long id = queue.enqueue(ANNA, "greet", Map.of("word", "hello"));

        JobEntry job = ended(id);
        assertThat(job.state()).isEqualTo(JobState.DONE);
        assertThat(job.outcome()).isEqualTo(Map.of("text", "hello Anna"));
        assertThat(job.done()).isEqualTo(2);
        assertThat(job.startedAt()).isEqualTo(clock.instant());
    }

    @Test
    void aJobSpeaksTheLanguageInWhichItWasAskedFor() {
        runner("a")
                .addJob(job(
                        "tell",
                        context -> Map.of("language", context.caller().locale().toLanguageTag())));

        long id = queue.enqueue(ANNA.in(Locale.forLanguageTag("zh-TW")), "tell", Map.of());

        assertThat(ended(id).outcome()).isEqualTo(Map.of("language", "zh-TW"));
    }

    @Test
    void twoRunnersNeverRunTheSameJob() {
        Map<Long, Integer> runs = new ConcurrentHashMap<>();
        Job job = job("count", context -> {
            runs.merge(context.id(), 1, Integer::sum);
            return Map.of();
        });
        runner("a").addJob(job);
        runner("b").addJob(job);

        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add(queue.enqueue(ANNA, "count", Map.of()));
        }
        ids.forEach(this::ended);

        assertThat(runs).hasSize(30);
        assertThat(runs.values()).containsOnly(1);
    }

    @Test
    void aJobWaitsUntilSomebodyBringsItsKind() {
        JobRunner runner = runner("a");
        long id = queue.enqueue(ANNA, "import", Map.of());
        runner.poll();
        assertThat(state(id)).isEqualTo(JobState.QUEUED);

        runner.addJob(job("import", context -> Map.of()));

        assertThat(ended(id).state()).isEqualTo(JobState.DONE);
    }

    @Test
    void modulesAreInstalledOneAtATime() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Job job = job("module-install", context -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            TimeUnit.MILLISECONDS.sleep(5);
            now.decrementAndGet();
            return Map.of();
        });
        runner("a").addJob(job);
        runner("b").addJob(job);

        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(queue.enqueue(ANNA, "module-install", Map.of()));
        }
        ids.forEach(this::ended);

        assertThat(most).hasValue(1);
    }

    @Test
    void aProblemIsKeptToBeToldInAnyLanguage() {
        runner("a").addJob(job("import", context -> {
            throw Invalid.field("emails[0].address", "field.notEmail", Map.of("value", "x"));
        }));

        JobEntry job = ended(queue.enqueue(ANNA, "import", Map.of()));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(new JobJson(queue, TestTexts.problems())
                        .of(job, Locale.ENGLISH)
                        .get("problem"))
                .asString()
                .contains("422", "record.invalid", "emails[0].address", "field.notEmail");
    }

    @Test
    void ofAnAccidentOnlyTheIncidentIsTold() {
        runner("a").addJob(job("import", context -> {
            throw new NoClassDefFoundError("org/secret/Gone");
        }));

        JobEntry job = ended(queue.enqueue(ANNA, "import", Map.of()));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.problem().arguments()).containsOnlyKeys("incident");
        assertThat(job.problem().toString()).doesNotContain("secret");
    }

    @Test
    void whoMayNoLongerSignInGetsNothingDone() {
        AtomicBoolean ran = new AtomicBoolean();
        JobRunner runner = runner("a");
        runner.callers((tenant, user, key) -> Optional.empty());
        runner.addJob(job("import", context -> {
            ran.set(true);
            return Map.of();
        }));

        JobEntry job = ended(queue.enqueue(ANNA, "import", Map.of()));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.problem().code()).isEqualTo("access.denied");
        assertThat(ran).isFalse();
    }

    @Test
    void aRunningJobStopsWhenItIsAskedTo() {
        CountDownLatch running = new CountDownLatch(1);
        JobRunner runner = runner("a");
        runner.addJob(job("import", context -> {
            running.countDown();
            until(context::isCancelled);
            return Map.of("created", 3);
        }));
        long id = queue.enqueue(ANNA, "import", Map.of());
        until(() -> running.getCount() == 0);

        queue.cancel(ANNA, id);
        runner.beat();

        JobEntry job = ended(id);
        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
        assertThat(job.outcome()).isEqualTo(Map.of("created", 3));
    }

    @Test
    void aJobThatWasReadyBeforeItSawTheWishToStopIsDone() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        runner("a").addJob(job("import", context -> {
            running.countDown();
            cancelled.await();
            return Map.of();
        }));
        long id = queue.enqueue(ANNA, "import", Map.of());
        until(() -> running.getCount() == 0);

        queue.cancel(ANNA, id);
        cancelled.countDown();

        assertThat(ended(id).state()).isEqualTo(JobState.DONE);
    }

    @Test
    void aJobWhoseModuleGoesIsInterrupted() {
        CountDownLatch running = new CountDownLatch(1);
        JobRunner runner = runner("a");
        Job job = job("import", context -> {
            running.countDown();
            until(context::isCancelled);
            return Map.of();
        });
        runner.addJob(job);
        long id = queue.enqueue(ANNA, "import", Map.of());
        until(() -> running.getCount() == 0);

        runner.removeJob(job);

        assertThat(ended(id).problem()).isEqualTo(JobProblem.INTERRUPTED);
    }

    @Test
    void aStopOfTheSystemDoesNotLeaveAJobRunning() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        JobRunner runner = runner("a");
        runner.addJob(job("import", context -> {
            running.countDown();
            until(context::isCancelled);
            return Map.of();
        }));
        long id = queue.enqueue(ANNA, "import", Map.of());
        until(() -> running.getCount() == 0);

        runner.stop();

        assertThat(table.find(id).orElseThrow().problem()).isEqualTo(JobProblem.INTERRUPTED);
    }

    @Test
    void preparedFilesAreReadWhereTheyLie() throws Exception {
        Job job = job(
                "import",
                context -> Map.of("text", Files.readString(context.folder().resolve("in.txt"))));
        JobRunner elsewhere = runner("b");
        elsewhere.addJob(job);
        long id =
                queue.enqueue(ANNA, "import", Map.of(), folder -> Files.writeString(folder.resolve("in.txt"), "hello"));
        elsewhere.poll();
        assertThat(state(id)).as("another node has no such folder").isEqualTo(JobState.QUEUED);

        runner("a").addJob(job);

        assertThat(ended(id).outcome()).isEqualTo(Map.of("text", "hello"));
    }

    @Test
    void filesThatCannotBePreparedLeaveNothingBehind() throws Exception {
        Jobs.Files broken = folder -> {
            Files.writeString(folder.resolve("in.txt"), "half");
            throw new IOException("disk full");
        };

        assertThatThrownBy(() -> queue.enqueue(ANNA, "import", Map.of(), broken))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(table.newest(new JobTable.Wanted(1, null, null, null, null, 10)))
                .isEmpty();
        try (Stream<Path> folders = Files.list(data.resolve("a"))) {
            assertThat(folders).isEmpty();
        }
    }

    @Test
    void aDatabaseThatIsAwayForAMomentIsWaitedFor() {
        CountDownLatch running = new CountDownLatch(1);
        JobRunner runner = runner("a");
        runner.start();
        runner.addJob(job("import", context -> {
            running.countDown();
            until(databaseAway::get);
            return Map.of("created", 3);
        }));
        long id = queue.enqueue(ANNA, "import", Map.of());
        until(() -> running.getCount() == 0);

        databaseAway.set(true);
        clock.goOn(Duration.ofMinutes(5));
        sleep(700);
        databaseAway.set(false);

        JobEntry job = ended(id);
        assertThat(job.state()).as("though its lease had run out meanwhile").isEqualTo(JobState.DONE);
        assertThat(job.outcome()).isEqualTo(Map.of("created", 3));
    }

    @Test
    void oldJobsGoWithTheirFolders() throws Exception {
        JobRunner runner = runner("a");
        runner.addJob(job("import", context -> Map.of()));
        long old = queue.enqueue(ANNA, "import", Map.of(), folder -> Files.writeString(folder.resolve("in.txt"), "x"));
        ended(old);
        clock.goOn(Duration.ofDays(365 * 20));
        long young =
                queue.enqueue(ANNA, "import", Map.of(), folder -> Files.writeString(folder.resolve("in.txt"), "x"));
        ended(young);

        runner.sweep();

        assertThat(table.find(old)).isEmpty();
        assertThat(table.find(young)).isPresent();
        assertThat(data.resolve("a").resolve(Ids.toText(old))).doesNotExist();
        assertThat(data.resolve("a").resolve(Ids.toText(young))).isDirectory();
    }

    @Test
    void aJobOfAKeyThatHasBeenWithdrawnIsNotDone() {
        Map<Long, Caller> keys = new ConcurrentHashMap<>(Map.of(8L, ANNA.withKey(8)));
        JobRunner runner = runner("a");
        runner.callers((tenant, user, key) -> Optional.ofNullable(keys.get(key)));
        runner.addJob(job("who", context -> Map.of("key", context.caller().key())));

        JobEntry first = ended(queue.enqueue(ANNA.withKey(8), "who", Map.of()));
        keys.clear();
        JobEntry second = ended(queue.enqueue(ANNA.withKey(8), "who", Map.of()));

        assertThat(first.outcome()).isEqualTo(Map.of("key", 8));
        assertThat(second.state()).isEqualTo(JobState.FAILED);
        assertThat(second.problem()).isEqualTo(JobProblem.KEY_WITHDRAWN);
    }

    @Test
    void aBriefJobDoesNotWaitForLongOnes() {
        CountDownLatch brief = new CountDownLatch(1);
        JobRunner runner = runner("a");
        runner.addJob(job("import", context -> {
            brief.await();
            return Map.of();
        }));
        runner.addJob(new TestJob("module-install", context -> Map.of()).brief());

        List<Long> imports = Stream.generate(() -> queue.enqueue(ANNA, "import", Map.of()))
                .limit(4)
                .toList();
        JobEntry install = ended(queue.enqueue(ANNA, "module-install", Map.of()));
        brief.countDown();

        assertThat(install.state()).isEqualTo(JobState.DONE);
        imports.forEach(id -> assertThat(ended(id).state()).isEqualTo(JobState.DONE));
    }

    @Test
    void aFailureIsTriedAgainLaterAndLaterUntilItIsADeadLetter() {
        AtomicInteger runs = new AtomicInteger();
        JobRunner runner = runner("a");
        runner.addJob(new TestJob("mail", context -> {
                    runs.incrementAndGet();
                    throw new IllegalStateException("the mail server is away");
                })
                .retry(new Retry(3, Duration.ofMinutes(1), Duration.ofHours(1))));
        long id = queue.enqueue(ANNA, "mail", Map.of());

        Instant second = waitsAfter(id, 1);
        Instant start = clock.instant();
        runner.poll();
        clock.set(second);
        runner.poll();
        Instant third = waitsAfter(id, 2);
        clock.set(third);

        JobEntry job = ended(id);
        assertThat(second).isBetween(start.plusSeconds(30), start.plusSeconds(60));
        assertThat(third).isBetween(second.plusSeconds(60), second.plusSeconds(120));
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.attempts()).isEqualTo(3);
        assertThat(job.problem().code()).isEqualTo("system.incident");
        assertThat(runs).hasValue(3);
    }

    private Instant waitsAfter(long id, int failures) {
        until(() -> {
            JobEntry job = table.find(id).orElseThrow();
            return job.state() == JobState.QUEUED && job.attempts() == failures;
        });
        return table.find(id).orElseThrow().notBefore();
    }

    @Test
    void whatTheCallerGotWrongIsNotTriedAgain() {
        AtomicInteger runs = new AtomicInteger();
        runner("a")
                .addJob(new TestJob("mail", context -> {
                            runs.incrementAndGet();
                            throw new Invalid("import.unknownColumn", Map.of("column", "x"));
                        })
                        .retry(Retry.times(5, Duration.ofMinutes(1))));

        JobEntry job = ended(queue.enqueue(ANNA, "mail", Map.of()));

        assertThat(job.attempts()).isEqualTo(1);
        assertThat(runs).hasValue(1);
    }

    @Test
    void aDeadLetterIsTriedAgainByWhoAskedForItOrMay() {
        AtomicBoolean mended = new AtomicBoolean();
        runner("a").addJob(job("mail", context -> {
            if (!mended.get()) {
                throw new Invalid("import.unknownColumn", Map.of("column", "x"));
            }
            return Map.of("sent", 1);
        }));
        long id = queue.enqueue(ANNA, "mail", Map.of());
        ended(id);
        Caller reader = somebody(new Rights(Map.of("job", Map.of("read", Scope.ALL)), Map.of()));
        Caller nobody = somebody(Rights.NONE);
        Caller elsewhere = new Caller(2, 60L, "Eve", Set.of(), null, Rights.ALL, Locale.ENGLISH, ANNA.zone());

        assertThatThrownBy(() -> queue.retry(reader, id)).isInstanceOf(Denied.class);
        assertThatThrownBy(() -> queue.retry(nobody, id)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> queue.retry(elsewhere, id)).isInstanceOf(NotFound.class);
        mended.set(true);
        queue.retry(ANNA, id);

        JobEntry job = ended(id);
        assertThat(job.outcome()).isEqualTo(Map.of("sent", 1));
        assertThat(job.problem()).isNull();
        assertThatThrownBy(() -> queue.retry(ANNA, id)).isInstanceOf(Conflict.class);
    }

    @Test
    void onlyWhoMayReadThemAllListsTheJobsOfOthers() {
        queue.enqueue(ANNA, "mail", Map.of());
        Caller reader = somebody(new Rights(Map.of("job", Map.of("read", Scope.ALL)), Map.of()));
        Caller elsewhere = new Caller(2, 60L, "Eve", Set.of(), null, Rights.ALL, Locale.ENGLISH, ANNA.zone());

        assertThat(queue.list(reader, true, null, null, null, 10)).hasSize(1);
        assertThat(queue.list(reader, false, null, null, null, 10)).isEmpty();
        assertThat(queue.list(elsewhere, true, null, null, null, 10)).isEmpty();
        assertThatThrownBy(() -> queue.list(somebody(Rights.NONE), true, null, null, null, 10))
                .isInstanceOf(Denied.class);
    }

    private static Caller somebody(Rights rights) {
        return new Caller(1, 60L, "Bob", Set.of(), null, rights, Locale.ENGLISH, ANNA.zone());
    }

    @Test
    void aJobWhoseModuleGoesWaitsAndGoesOnWhenItReturns() {
        CountDownLatch running = new CountDownLatch(1);
        JobRunner runner = runner("a");
        Job before = new TestJob("sync", context -> {
                    context.checkpoint(Map.of("page", 3));
                    running.countDown();
                    until(context::isCancelled);
                    return Map.of();
                })
                .goesOn();
        runner.addJob(before);
        long id = queue.enqueue(ANNA, "sync", Map.of());
        until(() -> running.getCount() == 0);

        runner.removeJob(before);
        until(() -> state(id) == JobState.QUEUED);
        runner.poll();
        assertThat(state(id)).isEqualTo(JobState.QUEUED);
        runner.addJob(new TestJob("sync", JobContext::state).goesOn());

        assertThat(ended(id).outcome()).isEqualTo(Map.of("page", 3));
    }

    /** A job in three steps dies with its node at each place in turn: before the first, between two, after the last. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aJobWhoseNodeIsKilledDoesEachStepOnce(int stepsBefore) {
        CountDownLatch dead = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        List<Integer> effects = Collections.synchronizedList(new ArrayList<>());
        JobRunner killed = runner("killed");
        queue.forget(bells.get(killed));
        long id = queue.enqueue(ANNA, "steps", Map.of());
        // It looks for work this once and then never beats again: it is as good as dead.
        killed.addJob(new TestJob("steps", context -> {
                    try {
                        steps(context, effects, step -> {
                            if (step == stepsBefore) {
                                dead.countDown();
                                awake.await();
                                // What a node does that was only asleep: it learns that the job is not its own any
                                // more.
                                context.checkpoint(Map.of("done", step));
                            }
                        });
                        return Map.of();
                    } finally {
                        over.countDown();
                    }
                })
                .goesOn());
        until(() -> dead.getCount() == 0);
        JobRunner other = runner("other");
        other.addJob(new TestJob("steps", context -> steps(context, effects, step -> {})).goesOn());

        clock.goOn(Duration.ofMinutes(1));
        until(() -> {
            other.poll();
            return state(id).isOver();
        });
        awake.countDown();
        until(() -> over.getCount() == 0);

        assertThat(effects).containsExactly(0, 1, 2);
        assertThat(table.find(id).orElseThrow().outcome()).isEqualTo(Map.of("steps", 3));
    }

    @Test
    void aJobThatGetsFurtherIsInterruptedAsOftenAsModulesComeAndGo() {
        JobRunner runner = runner("a");
        long id = queue.enqueue(ANNA, "sync", Map.of());

        for (int step = 1; step <= 2 * JobTable.MOST_INTERRUPTIONS; step++) {
            int done = step;
            Job job = new TestJob("sync", context -> {
                        context.checkpoint(Map.of("done", done));
                        until(context::isCancelled);
                        return Map.of();
                    })
                    .goesOn();
            runner.addJob(job);
            until(() -> Map.of("done", done).equals(table.find(id).orElseThrow().kept()));
            runner.removeJob(job);
            until(() -> state(id) != JobState.RUNNING);
            assertThat(state(id)).isEqualTo(JobState.QUEUED);
        }
    }

    private interface Between {
        void step(int step) throws InterruptedException;
    }

    private static Map<String, Object> steps(JobContext context, List<Integer> effects, Between between)
            throws InterruptedException {
        int first = (int) context.state().getOrDefault("done", 0);
        for (int step = first; step < 3; step++) {
            between.step(step);
            effects.add(step);
            context.checkpoint(Map.of("done", step + 1));
        }
        between.step(3);
        return Map.of("steps", 3);
    }

    @Test
    void aNodeWhoseClockGoesBackKeepsItsJobs() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        JobRunner runner = runner("a");
        runner.addJob(job("import", context -> {
            running.countDown();
            done.await();
            return Map.of();
        }));
        long id = queue.enqueue(ANNA, "import", Map.of());
        until(() -> running.getCount() == 0);

        clock.goOn(Duration.ofHours(-1));
        runner.poll();
        clock.goOn(Duration.ofHours(1));
        runner.poll();
        clock.goOn(Duration.ofDays(-400));
        runner.poll();
        done.countDown();

        assertThat(ended(id).state()).isEqualTo(JobState.DONE);
    }

    private JobRunner runner(String node) {
        Schedules schedules = new Schedules(scheduleTable, table, new Ids(clock), clock);
        JobRunner runner = new JobRunner(
                CORE, table, new JobFolders(data.resolve(node)), queue, schedules, TestTexts.problems(), clock);
        runner.callers((tenant, user, key) -> Optional.of(ANNA));
        Runnable bell = runner::wake;
        queue.listen(bell);
        bells.put(runner, bell);
        runners.add(runner);
        return runner;
    }

    private JobState state(long id) {
        return table.find(id).orElseThrow().state();
    }

    private JobEntry ended(long id) {
        until(() -> {
            // In real life the clock does this; a claim that met another one is tried again then.
            runners.forEach(JobRunner::wake);
            return state(id).isOver();
        });
        return table.find(id).orElseThrow();
    }

    private static Job job(String kind, TestJob.Work work) {
        return new TestJob(kind, work);
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            sleep(5);
        }
    }

    private static void sleep(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private DataSource sometimesAway(DataSource real) {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (databaseAway.get()) {
                        throw new SQLNonTransientConnectionException("gone", "08001");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
