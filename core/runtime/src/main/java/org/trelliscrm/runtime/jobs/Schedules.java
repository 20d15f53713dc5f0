// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.job.Job;
import org.trelliscrm.api.job.Schedule;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.runtime.data.Ids;

/**
 * Makes jobs at the moments that their {@link Schedule} names. What counts is the moment stored for the next run, not how
 * much time has gone by: so what was missed is run once, and a clock that goes back runs nothing twice. Only if it goes
 * back by more than a day was it wrong before, and the next run is planned anew.
 */
@Component(service = Schedules.class)
public class Schedules {

    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);

    /** The one that every installation begins with, as which the system itself works. */
    private static final int FIRST_TENANT = 1;

    private final ScheduleTable table;
    private final JobTable jobs;
    private final Ids ids;
    private final Clock clock;
    private final Map<Schedule, Plan> plans = new ConcurrentHashMap<>();
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

    @Activate
    public Schedules(
            @Reference ScheduleTable table, @Reference JobTable jobs, @Reference Ids ids, @Reference Clock clock) {
        this.table = table;
        this.jobs = jobs;
        this.ids = ids;
        this.clock = clock;
    }

    /** Makes the jobs that are due. */
    void tick(Collection<Job> registered) {
        List<Job> scheduled =
                registered.stream().filter(job -> job.schedule().isPresent()).toList();
        if (scheduled.isEmpty()) {
            return;
        }
        List<ScheduleEntry> entries = table.all(null);
        for (Job job : scheduled) {
            Schedule schedule = job.schedule().orElseThrow();
            Optional<Plan> plan = plan(job.kind(), schedule);
            if (plan.isPresent()) {
                for (int tenant : tenants(schedule)) {
                    tick(entries, tenant, job.kind(), plan.get());
                }
            }
        }
    }

    private Collection<Integer> tenants(Schedule schedule) {
        Set<Integer> tenants = new TreeSet<>(Set.of(FIRST_TENANT));
        if (schedule.perTenant()) {
            tenants.addAll(table.tenants());
        }
        return tenants;
    }

    private Optional<Plan> plan(String kind, Schedule schedule) {
        try {
            return Optional.of(plans.computeIfAbsent(schedule, Plan::new));
        } catch (IllegalArgumentException e) {
            if (unreadable.add(kind)) {
                LOG.error("the job {} has no times that can be read: {}", kind, e.getMessage());
            }
            return Optional.empty();
        }
    }

    private void tick(List<ScheduleEntry> entries, int tenant, String kind, Plan plan) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Instant> next = plan.after(now);
        if (next.isEmpty()) {
            return;
        }
        Optional<ScheduleEntry> known = entries.stream()
                .filter(entry -> entry.tenant() == tenant && entry.kind().equals(kind))
                .findFirst();
        if (known.isEmpty()) {
            table.insert(new ScheduleEntry(ids.next(), tenant, kind, plan.text(), next.get(), null, null, false));
            return;
        }
        ScheduleEntry entry = known.get();
        if (!entry.times().equals(plan.text()) || clockWentBack(entry, plan, now, next.get())) {
            table.plan(entry, plan.text(), next.get());
        } else if (!entry.paused() && !entry.nextRun().isAfter(now) && lastIsOver(entry)) {
            table.begin(entry, now, next.get(), job(entry, now));
        }
    }

    private static boolean clockWentBack(ScheduleEntry entry, Plan plan, Instant now, Instant next) {
        Optional<Duration> every = plan.every();
        if (every.isPresent()) {
            // To wait for its time to come round again would be a longer wait than anybody has asked for.
            return entry.nextRun().isAfter(now.plus(every.get()));
        }
        Instant last = entry.lastRun();
        return last != null
                && last.isAfter(now.plus(JobTable.FAR))
                && entry.nextRun().isAfter(next);
    }

    private boolean lastIsOver(ScheduleEntry entry) {
        return entry.lastJob() == null
                || jobs.find(entry.lastJob()).map(job -> job.state().isOver()).orElse(true);
    }

    private JobEntry job(ScheduleEntry entry, Instant now) {
        return JobEntry.asked(ids.next(), Caller.system(entry.tenant()), entry.kind(), now, Map.of(), false);
    }

    /** The schedules of the caller's tenant. */
    List<ScheduleEntry> list(Caller caller) {
        require(caller, "read");
        return table.all(caller.tenant());
    }

    ScheduleEntry get(Caller caller, long id) {
        return list(caller).stream()
                .filter(entry -> entry.id() == id)
                .findFirst()
                .orElseThrow(() -> new NotFound("schedule.notFound", Map.of("id", Ids.toText(id))));
    }

    /** Lets nothing begin by itself, or lets it again; what was missed meanwhile is run once. */
    ScheduleEntry pause(Caller caller, long id, boolean paused) {
        require(caller, "schedule");
        get(caller, id);
        table.pause(id, paused);
        return get(caller, id);
    }

    /**
     * Runs it now, out of turn, also while it is paused.
     *
     * @return the id of the job
     * @throws Conflict if its last run is still under way
     */
    long run(Caller caller, long id) {
        require(caller, "schedule");
        ScheduleEntry entry = get(caller, id);
        Instant now = clock.instant();
        JobEntry job = job(entry, now);
        if (!lastIsOver(entry) || !table.beginNow(entry, now, job)) {
            throw new Conflict("schedule.running", Map.of("kind", entry.kind()));
        }
        return job.id();
    }

    private static void require(Caller caller, String verb) {
        if (!caller.rights().allows("job", verb)) {
            throw Denied.right("job", verb);
        }
    }
}
