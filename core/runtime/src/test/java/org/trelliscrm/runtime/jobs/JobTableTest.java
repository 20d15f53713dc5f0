// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trelliscrm.api.access.Caller;

class JobTableTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00.123456Z");
    private static final Instant LEASE = NOW.plusSeconds(30);
    private static final Caller CALLER = Caller.system(7);

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsRead(TestDatabase database) throws Exception {
        JobTable table = new JobTable(database.open());
        JobEntry asked = JobEntry.asked(1, CALLER, "import", NOW, Map.of("type", "contact", "ünicode", "فارسی"), true);

        table.insert(asked);

        assertThat(table.find(1)).contains(asked);
        assertThat(table.find(2)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void ofManyRunnersExactlyOneGetsEachJob(TestDatabase database) throws Exception {
        JobTable table = new JobTable(database.open());
        int jobs = 40;
        int runners = 4;
        IntStream.range(0, jobs)
                .forEach(id -> table.insert(JobEntry.asked(id, CALLER, "import", NOW, Map.of(), false)));
        AtomicInteger claimed = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);

        ExecutorService pool = Executors.newFixedThreadPool(runners);
        List<Future<?>> done = IntStream.range(0, runners)
                .<Future<?>>mapToObj(runner -> pool.submit(() -> {
                    start.await();
                    for (int id = 0; id < jobs; id++) {
                        if (table.claim(id, null, "node-" + runner, false, NOW, LEASE)) {
                            claimed.incrementAndGet();
                        }
                    }
                    return null;
                }))
                .toList();
        start.countDown();
        for (Future<?> one : done) {
            one.get();
        }
        pool.shutdown();

        assertThat(claimed).hasValue(jobs);
        assertThat(table.waiting(List.of("import"), NOW)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aSlotIsTakenByOneJobAtATime(TestDatabase database) throws Exception {
        JobTable table = new JobTable(database.open());
        table.insert(JobEntry.asked(1, CALLER, "module-install", NOW, Map.of(), false));
        table.insert(JobEntry.asked(2, CALLER, "module-remove", NOW, Map.of(), false));

        boolean first = table.claim(1, "module", "a", false, NOW, LEASE);
        boolean whileItRuns = table.claim(2, "module", "b", false, NOW, LEASE);
        table.end(1, "a", new JobEnding(JobState.DONE, 1, 1, "{}", null, List.of(), null), NOW);
        boolean afterwards = table.claim(2, "module", "b", false, NOW, LEASE);

        assertThat(List.of(first, whileItRuns, afterwards)).containsExactly(true, false, true);
    }

    @ParameterizedTest
    @EnumSource
    void twoRunnersThatReachForTheSlotTogetherGetItOnce(TestDatabase database) throws Exception {
        JobTable table = new JobTable(database.open());
        int jobs = 8;
        IntStream.range(0, jobs)
                .forEach(id -> table.insert(JobEntry.asked(id, CALLER, "module-install", NOW, Map.of(), false)));
        CountDownLatch start = new CountDownLatch(1);

        ExecutorService pool = Executors.newFixedThreadPool(jobs);
        List<Future<Boolean>> claims = IntStream.range(0, jobs)
                .mapToObj(id -> pool.submit(() -> {
                    start.await();
                    return table.claim(id, "module", "node-" + id, false, NOW, LEASE);
                }))
                .toList();
        start.countDown();
        int taken = 0;
        for (Future<Boolean> claim : claims) {
            taken += claim.get() ? 1 : 0;
        }
        pool.shutdown();

        assertThat(taken).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aJobWhoseLeaseRanOutHasFailedAndItsNodeLearnsIt(TestDatabase database) throws Exception {
        JobTable table = new JobTable(database.open());
        table.insert(JobEntry.asked(1, CALLER, "module-install", NOW, Map.of(), false));
        table.claim(1, "module", "killed", false, NOW, LEASE);

        int tooEarly = table.takeFromSilent(LEASE);
        int later = table.takeFromSilent(LEASE.plusMillis(1));
        JobTable.Answer answer = table.beat(1, "killed", 5, 10, LEASE.plusSeconds(60));
        table.end(1, "killed", new JobEnding(JobState.DONE, 10, 10, "{}", null, List.of(), null), LEASE);

        assertThat(tooEarly).isZero();
        assertThat(later).isEqualTo(1);
        assertThat(answer).isEqualTo(JobTable.Answer.LOST);
        JobEntry job = table.find(1).orElseThrow();
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.problem()).isEqualTo(JobProblem.INTERRUPTED);
        assertThat(table.claim(1, "module", "b", false, NOW, LEASE)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aBeatCarriesProgressThereAndTheWishToStopBack(TestDatabase database) throws Exception {
        JobTable table = new JobTable(database.open());
        table.insert(JobEntry.asked(1, CALLER, "import", NOW, Map.of(), false));
        table.claim(1, null, "a", false, NOW, LEASE);

        JobTable.Answer before = table.beat(1, "a", 5, 10, LEASE.plus(Duration.ofSeconds(9)));
        table.cancel(1, NOW);
        JobTable.Answer after = table.answer(1, "a");

        assertThat(before).isEqualTo(JobTable.Answer.GO_ON);
        assertThat(after).isEqualTo(JobTable.Answer.CANCEL);
        assertThat(table.find(1)).map(JobEntry::done).contains(5L);
        assertThat(table.takeFromSilent(LEASE.plusSeconds(5)))
                .as("the lease was renewed")
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aJobThatHasNotBegunIsCancelledAtOnce(TestDatabase database) throws Exception {
        JobTable table = new JobTable(database.open());
        table.insert(JobEntry.asked(1, CALLER, "import", NOW, Map.of(), false));

        table.cancel(1, NOW);

        assertThat(table.find(1)).map(JobEntry::state).contains(JobState.CANCELLED);
        assertThat(table.claim(1, null, "a", false, NOW, LEASE)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void theEndIsKeptWithOutcomeProblemAndFiles(TestDatabase database) throws Exception {
        JobTable table = new JobTable(database.open());
        table.insert(JobEntry.asked(1, CALLER, "import", NOW, Map.of(), false));
        table.claim(1, null, "a", false, NOW, LEASE);
        JobProblem problem = new JobProblem(422, "record.invalid", Map.of("count", 2), List.of());
        JobFile file = new JobFile("rejected.csv", "text/csv");

        table.end(1, "a", new JobEnding(JobState.FAILED, 3, 9, "{\"created\":3}", problem, List.of(file), null), LEASE);

        JobEntry job = table.find(1).orElseThrow();
        assertThat(job.outcome()).isEqualTo(Map.of("created", 3));
        assertThat(job.problem()).isEqualTo(problem);
        assertThat(job.files()).containsExactly(file);
        assertThat(job.endedAt()).isEqualTo(LEASE);
        assertThat(job.done()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void theNewestOfOneUserComeFirst(TestDatabase database) throws Exception {
        JobTable table = new JobTable(database.open());
        Caller anna = caller(7, 50L);
        table.insert(JobEntry.asked(1, anna, "import", NOW, Map.of(), false));
        table.insert(JobEntry.asked(2, caller(7, 51L), "import", NOW, Map.of(), false));
        table.insert(JobEntry.asked(3, anna, "import", NOW, Map.of(), false));
        table.insert(JobEntry.asked(4, caller(8, 50L), "import", NOW, Map.of(), false));
        table.insert(JobEntry.asked(5, anna, "import", NOW, Map.of(), false));

        List<JobEntry> found = table.newest(new JobTable.Wanted(7, 50L, null, null, null, 2));

        assertThat(found).extracting(JobEntry::id).containsExactly(5L, 3L);
    }

    @ParameterizedTest
    @EnumSource
    void oldJobsAreForgottenAndWaitingOnesAreNot(TestDatabase database) throws Exception {
        JobTable table = new JobTable(database.open());
        table.insert(JobEntry.asked(1, CALLER, "import", NOW, Map.of(), false));
        table.insert(JobEntry.asked(2, CALLER, "import", NOW, Map.of(), false));
        table.cancel(1, NOW);

        int removed = table.removeEndedBefore(NOW.plusSeconds(1));

        assertThat(removed).isEqualTo(1);
        assertThat(table.find(1)).isEqualTo(Optional.empty());
        assertThat(table.find(2)).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void theFailedOfAKindAreFoundPageByPage(TestDatabase database) throws Exception {
        JobTable table = new JobTable(database.open());
        for (int id = 1; id <= 4; id++) {
            table.insert(JobEntry.asked(id, caller(7, 50L + id), id == 3 ? "mail" : "import", NOW, Map.of(), false));
            table.claim(id, null, "a", false, NOW, LEASE);
            table.end(
                    id, "a", new JobEnding(JobState.FAILED, 0, 0, null, JobProblem.INTERRUPTED, List.of(), null), NOW);
        }
        table.insert(JobEntry.asked(5, CALLER, "import", NOW, Map.of(), false));

        List<JobEntry> first = table.newest(new JobTable.Wanted(7, null, JobState.FAILED, "import", null, 2));
        List<JobEntry> second = table.newest(new JobTable.Wanted(7, null, JobState.FAILED, "import", 2L, 2));

        assertThat(first).extracting(JobEntry::id).containsExactly(4L, 2L);
        assertThat(second).extracting(JobEntry::id).containsExactly(1L);
        assertThat(first).extracting(JobEntry::attempts).containsOnly(1);
    }

    @ParameterizedTest
    @EnumSource
    void aJobThatGoesOnIsTakenFromASilentNodeAFewTimesOnly(TestDatabase database) throws Exception {
        JobTable table = new JobTable(database.open());
        table.insert(JobEntry.asked(1, CALLER, "import", NOW, Map.of(), false));
        Instant silent = LEASE.plusMillis(1);

        int queued = 0;
        while (table.claim(1, null, "run-" + queued, true, NOW, LEASE)) {
            table.takeFromSilent(silent);
            queued++;
        }

        assertThat(queued).isEqualTo(JobTable.MOST_INTERRUPTIONS + 1);
        assertThat(table.find(1)).map(JobEntry::problem).contains(JobProblem.INTERRUPTED);
    }

    @ParameterizedTest
    @EnumSource
    void whoGetsFurtherMayBeInterruptedAgain(TestDatabase database) throws Exception {
        JobTable table = new JobTable(database.open());
        table.insert(JobEntry.asked(1, CALLER, "import", NOW, Map.of(), false));

        for (int step = 0; step < 3 * JobTable.MOST_INTERRUPTIONS; step++) {
            assertThat(table.claim(1, null, "run-" + step, true, NOW, LEASE)).isTrue();
            assertThat(table.checkpoint(1, "run-" + step, "{\"step\":" + step + "}"))
                    .isTrue();
            table.takeFromSilent(LEASE.plusMillis(1));
        }

        assertThat(table.find(1)).map(JobEntry::state).contains(JobState.QUEUED);
        assertThat(table.find(1)).map(JobEntry::kept).contains(Map.of("step", 3 * JobTable.MOST_INTERRUPTIONS - 1));
        assertThat(table.checkpoint(1, "run-0", "{}"))
                .as("a run that has lost the job keeps nothing")
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPutOffWaitsButNotUntilAClockThatWasWrongComesRoundAgain(TestDatabase database) throws Exception {
        JobTable table = new JobTable(database.open());
        table.insert(JobEntry.asked(1, CALLER, "import", NOW, Map.of(), false));
        table.claim(1, null, "a", true, NOW, LEASE);
        Instant later = NOW.plus(Duration.ofHours(1));
        JobEnding again = new JobEnding(JobState.QUEUED, 0, 0, null, JobProblem.INTERRUPTED, List.of(), later);

        table.end(1, "a", again, NOW);

        assertThat(table.waiting(List.of("import"), NOW)).isEmpty();
        assertThat(table.waiting(List.of("import"), later)).hasSize(1);
        assertThat(table.waiting(List.of("import"), NOW.minus(Duration.ofDays(400))))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aFailedJobIsPutBackOnceHoweverManyAskForIt(TestDatabase database) throws Exception {
        JobTable table = new JobTable(database.open());
        table.insert(JobEntry.asked(1, CALLER, "import", NOW, Map.of(), false));
        boolean whileItWaits = table.retry(1);
        table.claim(1, null, "a", false, NOW, LEASE);
        table.end(1, "a", new JobEnding(JobState.FAILED, 3, 9, null, JobProblem.INTERRUPTED, List.of(), null), NOW);

        boolean first = table.retry(1);
        boolean second = table.retry(1);

        assertThat(List.of(whileItWaits, first, second)).containsExactly(false, true, false);
        JobEntry job = table.find(1).orElseThrow();
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        assertThat(job.attempts()).isZero();
        assertThat(job.endedAt()).isNull();
    }

    private static Caller caller(int tenant, long user) {
        Caller system = Caller.system(tenant);
        return new Caller(tenant, user, "Anna", system.teams(), null, system.rights(), system.locale(), system.zone());
    }
}
