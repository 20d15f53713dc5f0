// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.job.Job;
import org.trelliscrm.api.job.Schedule;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.records.Engine;

class SchedulesOfTenantsTest {

    static Stream<Named<Supplier<Engine>>> databases() {
        return Stream.of(Named.of("Derby", Engine::onDerby), Named.of("PostgreSQL", Engine::onPostgreSql));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void eachTenantHasARunOfItsOwnAndTheSystemHasOne(Supplier<Engine> database) {
        try (Engine engine = database.get()) {
            for (int tenant : List.of(1, 2, 5)) {
                engine.records.create(Engine.caller(tenant, 7, Rights.ALL), "thing", Map.of("name", "one"));
            }
            FakeClock clock = new FakeClock();
            JobTable jobs = new JobTable(engine.dataSource);
            Schedules schedules = new Schedules(new ScheduleTable(engine.dataSource), jobs, new Ids(clock), clock);
            Schedule hourly = Schedule.every(Duration.ofHours(1));
            List<Job> both = List.of(
                    new TestJob("each", context -> Map.of()).at(hourly.forEachTenant()),
                    new TestJob("once", context -> Map.of()).at(hourly));

            schedules.tick(both);
            clock.goOn(Duration.ofHours(1));
            schedules.tick(both);

            assertThat(List.of(1, 2, 3, 5))
                    .extracting(tenant -> kinds(jobs, tenant))
                    .containsExactly(List.of("each", "once"), List.of("each"), List.of(), List.of("each"));
            assertThat(schedules.list(Caller.system(2)))
                    .extracting(ScheduleEntry::kind)
                    .containsExactly("each");
        }
    }

    private static List<String> kinds(JobTable jobs, int tenant) {
        return jobs.newest(new JobTable.Wanted(tenant, null, null, null, null, 10)).stream()
                .map(JobEntry::kind)
                .sorted()
                .toList();
    }
}
