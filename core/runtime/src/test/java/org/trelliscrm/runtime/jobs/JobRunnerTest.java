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
import java.util.ArrayList;
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
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.job.Job;
import org.trelliscrm.api.job.JobContext;
import org.trelliscrm.api.job.Jobs;
import org.trelliscrm.api.module.ActiveModule;
import org.trelliscrm.api.problem.Invalid;
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

    @TempDir
    private Path data;

    private JobTable table;
    private JobQueue queue;

    @BeforeEach
    void open() throws Exception {
        table = new JobTable(sometimesAway(TestDatabase.DERBY.open()));
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
        runner.callers((tenant, user) -> Optional.empty());
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

        assertThat(table.newest(1, null, 10)).isEmpty();
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

    private JobRunner runner(String node) {
        JobRunner runner =
                new JobRunner(CORE, table, new JobFolders(data.resolve(node)), queue, TestTexts.problems(), clock);
        runner.callers((tenant, user) -> Optional.of(ANNA));
        queue.listen(runner::wake);
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

    private interface Work {
        Map<String, Object> run(JobContext context) throws Exception;
    }

    private static Job job(String kind, Work work) {
        return new Job() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public Map<String, Object> run(JobContext context) throws Exception {
                return work.run(context);
            }
        };
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
