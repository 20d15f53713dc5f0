// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.job.Job;
import org.trelliscrm.api.job.Schedule;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.runtime.data.Ids;

class SchedulesTest {

    private static final Caller ADMIN = Caller.system(1);
    private static final List<Job> HOURLY = List.of(daily("0 * * * *"));

    private final FakeClock clock = new FakeClock();
    private JobTable jobs;
    private ScheduleTable table;
    private Schedules schedules;

    private void open(TestDatabase database) throws Exception {
        DataSource dataSource = database.open();
        jobs = new JobTable(dataSource);
        table = new ScheduleTable(dataSource);
        schedules = node();
        clock.set(Instant.parse("2026-11-23T09:30:00Z"));
        schedules.tick(HOURLY);
    }

    private Schedules node() {
        return new Schedules(table, jobs, new Ids(clock), clock);
    }

    private static Job daily(String cron) {
        return new TestJob("report", context -> Map.of()).at(Schedule.cron(cron, ZoneOffset.UTC));
    }

    @ParameterizedTest
    @EnumSource
    void aJobRunsWhenItsTimeHasCome(TestDatabase database) throws Exception {
        open(database);

        tickAt("2026-11-23T09:59:59Z");
        int before = runs();
        tickAt("2026-11-23T10:00:00Z");
        tickAt("2026-11-23T10:00:02Z");

        assertThat(before).isZero();
        assertThat(runs()).isEqualTo(1);
        assertThat(entry().nextRun()).isEqualTo("2026-11-23T11:00:00Z");
    }

    @ParameterizedTest
    @EnumSource
    void whatWasMissedIsRunOnce(TestDatabase database) throws Exception {
        open(database);

        tickAt("2026-11-25T17:45:00Z");
        tickAt("2026-11-25T17:45:02Z");

        assertThat(runs()).isEqualTo(1);
        assertThat(entry().nextRun()).isEqualTo("2026-11-25T18:00:00Z");
    }

    @ParameterizedTest
    @EnumSource
    void aClockThatGoesBackAnHourRunsNothingTwice(TestDatabase database) throws Exception {
        open(database);
        tickAt("2026-11-23T10:00:00Z");

        tickAt("2026-11-23T09:00:00Z");
        tickAt("2026-11-23T10:00:00Z");
        int afterBack = runs();
        tickAt("2026-11-23T11:00:00Z");

        assertThat(afterBack).isEqualTo(1);
        assertThat(runs()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aClockThatWasYearsAheadDoesNotStopAScheduleForYears(TestDatabase database) throws Exception {
        open(database);
        tickAt("2036-01-01T00:00:00Z");

        tickAt("2026-11-23T10:15:00Z");
        int afterBack = runs();
        tickAt("2026-11-23T11:00:00Z");

        assertThat(afterBack).isEqualTo(1);
        assertThat(runs()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void whatRunsAgainAndAgainWaitsNoLongerThanThatWhateverTheClockDoes(TestDatabase database) throws Exception {
        open(database);
        List<Job> sync = List.of(new TestJob("sync", context -> Map.of()).at(Schedule.every(Duration.ofMinutes(5))));
        schedules.tick(sync);

        clock.set(Instant.parse("2026-11-23T08:30:00Z"));
        schedules.tick(sync);
        clock.goOn(Duration.ofMinutes(5));
        schedules.tick(sync);

        assertThat(jobs.newest(new JobTable.Wanted(1, null, null, "sync", null, 10)))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void ofManyNodesOneBeginsTheRun(TestDatabase database) throws Exception {
        open(database);
        clock.set(Instant.parse("2026-11-23T10:00:00Z"));
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(6);

        List<Future<?>> ticks = IntStream.range(0, 6)
                .<Future<?>>mapToObj(i -> pool.submit(() -> {
                    start.await();
                    node().tick(HOURLY);
                    return null;
                }))
                .toList();
        start.countDown();
        for (Future<?> tick : ticks) {
            tick.get();
        }
        pool.shutdown();

        assertThat(runs()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void nothingBeginsWhileTheLastRunIsUnderWay(TestDatabase database) throws Exception {
        open(database);
        clock.set(Instant.parse("2026-11-23T10:00:00Z"));
        schedules.tick(HOURLY);
        JobEntry first = newest();

        clock.set(Instant.parse("2026-11-23T13:30:00Z"));
        schedules.tick(HOURLY);
        assertThatThrownBy(() -> schedules.run(ADMIN, entry().id())).isInstanceOf(Conflict.class);
        int meanwhile = runs();
        jobs.cancel(first.id(), clock.instant());
        schedules.tick(HOURLY);

        assertThat(meanwhile).isEqualTo(1);
        assertThat(runs()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aPausedScheduleRestsUntilItIsLetGoOn(TestDatabase database) throws Exception {
        open(database);

        schedules.pause(ADMIN, entry().id(), true);
        tickAt("2026-11-23T14:30:00Z");
        int paused = runs();
        schedules.run(ADMIN, entry().id());
        end();
        schedules.pause(ADMIN, entry().id(), false);
        tickAt("2026-11-23T14:30:02Z");

        assertThat(paused).isZero();
        assertThat(runs())
                .as("the one asked for, and one for all that were missed")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void otherTimesOfANewVersionHold(TestDatabase database) throws Exception {
        open(database);

        schedules.tick(List.of(daily("15 12 * * *")));

        assertThat(entry().nextRun()).isEqualTo("2026-11-23T12:15:00Z");
    }

    @ParameterizedTest
    @EnumSource
    void timesThatCannotBeReadStopNobodyElse(TestDatabase database) throws Exception {
        open(database);
        clock.set(Instant.parse("2026-11-23T10:00:00Z"));
        Job broken = new TestJob("broken", context -> Map.of()).at(Schedule.cron("soon", ZoneOffset.UTC));

        schedules.tick(List.of(broken, HOURLY.get(0)));

        assertThat(runs()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whoMayNotSeesAndChangesNothing(TestDatabase database) throws Exception {
        open(database);
        long id = entry().id();
        Caller nobody = new Caller(1, 5L, "Bob", Set.of(), null, Rights.NONE, Locale.ENGLISH, ZoneOffset.UTC);
        Caller elsewhere = Caller.system(2);

        assertThatThrownBy(() -> schedules.list(nobody)).isInstanceOf(Denied.class);
        assertThatThrownBy(() -> schedules.pause(nobody, id, true)).isInstanceOf(Denied.class);
        assertThatThrownBy(() -> schedules.run(nobody, id)).isInstanceOf(Denied.class);
        assertThat(schedules.list(elsewhere)).isEmpty();
        assertThatThrownBy(() -> schedules.pause(elsewhere, id, true)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> schedules.run(elsewhere, id)).isInstanceOf(NotFound.class);
    }

    /** The clock shows this; what began before is over by now. */
    private void tickAt(String moment) {
        clock.set(Instant.parse(moment));
        schedules.tick(HOURLY);
        end();
    }

    private void end() {
        jobs.newest(new JobTable.Wanted(1, null, JobState.QUEUED, null, null, 10))
                .forEach(job -> jobs.cancel(job.id(), clock.instant()));
    }

    private int runs() {
        return jobs.newest(new JobTable.Wanted(1, null, null, "report", null, 100))
                .size();
    }

    private JobEntry newest() {
        return jobs.newest(new JobTable.Wanted(1, null, null, "report", null, 1))
                .get(0);
    }

    private ScheduleEntry entry() {
        return schedules.list(ADMIN).stream()
                .filter(entry -> entry.kind().equals("report"))
                .findFirst()
                .orElseThrow();
    }
}
