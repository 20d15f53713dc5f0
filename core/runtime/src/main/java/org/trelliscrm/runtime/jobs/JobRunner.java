// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.access.Authenticator;
import org.trelliscrm.api.job.Job;
import org.trelliscrm.api.module.ActiveModule;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.rest.Problems;

/**
 * Takes jobs from the queue and runs them, each once in the cluster. One thread keeps the time: it looks for work when it
 * is told of some and every two seconds, renews leases, and sweeps once a day; a few others do the work, one of them only
 * what is brief. A job whose kind nobody registers waits until somebody does.
 */
@Component(immediate = true, service = JobRunner.class)
public class JobRunner {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private static final int THREADS = 2;
    private static final int BRIEF_THREADS = 1;
    private static final Duration BEAT = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration PATIENCE_ON_STOP = Duration.ofSeconds(10);

    private final JobTable table;
    private final JobFolders folders;
    private final JobQueue queue;
    private final Schedules schedules;
    private final Problems problems;
    private final Clock clock;
    private final JobRun.Node node;
    private final Runnable bell = this::wake;
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final Set<JobRun> runs = ConcurrentHashMap.newKeySet();
    private final Semaphore free = new Semaphore(THREADS);
    private final Semaphore freeForBrief = new Semaphore(BRIEF_THREADS);
    private final ExecutorService workers = Executors.newFixedThreadPool(THREADS + BRIEF_THREADS, threads("crm-job-"));
    private final ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor(threads("crm-job-time-"));
    private volatile @Nullable CallerLookup callers;
    private volatile boolean databaseAway;
    private Instant judgeSilenceFrom;

    @Activate
    public JobRunner(
            @Reference(target = "(id=core)") ActiveModule tables,
            @Reference JobTable table,
            @Reference JobFolders folders,
            @Reference JobQueue queue,
            @Reference Schedules schedules,
            @Reference Problems problems,
            @Reference Clock clock) {
        this.table = table;
        this.folders = folders;
        this.queue = queue;
        this.schedules = schedules;
        this.problems = problems;
        this.clock = clock;
        this.node = new JobRun.Node(LEASE, clock);
        this.judgeSilenceFrom = clock.instant();
    }

    @Activate
    void start() {
        queue.listen(bell);
        every(BEAT, Duration.ZERO, this::beat);
        every(POLL, Duration.ZERO, this::poll);
        every(Duration.ofDays(1), Duration.ofMinutes(10), this::sweep);
    }

    private static java.util.concurrent.ThreadFactory threads(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private void every(Duration period, Duration delay, Runnable work) {
        time.scheduleWithFixedDelay(guarded(work), delay.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    // An exception would end the schedule for ever; a database that is away comes back.
    private Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
                databaseAway = false;
            } catch (RuntimeException e) {
                // Nobody could renew a lease while the database was away: the others must get the time to do so.
                judgeSilenceFrom = clock.instant().plus(LEASE);
                if (!databaseAway) {
                    databaseAway = DatabaseException.isAway(e);
                    LOG.warn("the job queue cannot be reached, trying again: {}", e.toString());
                }
            }
        };
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setAuthenticator(Authenticator authenticator) {
        callers = (tenant, user, key) ->
                key == null ? authenticator.byUser(tenant, user) : authenticator.byKeyId(tenant, key);
        wake();
    }

    void unsetAuthenticator(Authenticator authenticator) {
        callers = null;
    }

    void callers(CallerLookup lookup) {
        callers = lookup;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addJob(Job job) {
        jobs.put(job.kind(), job);
        wake();
    }

    void removeJob(Job job) {
        jobs.values().remove(job);
        runs.stream().filter(run -> run.isDoneBy(job)).forEach(JobRun::stop);
    }

    /** Looks for work now. */
    final void wake() {
        try {
            time.execute(guarded(this::poll));
        } catch (RejectedExecutionException e) {
            LOG.debug("stopping; no more jobs are taken");
        }
    }

    void beat() {
        runs.forEach(JobRun::beat);
    }

    void poll() {
        CallerLookup lookup = callers;
        // While access is not there, nobody knows the people behind the jobs.
        if (lookup == null) {
            return;
        }
        beat();
        takeFromSilent();
        schedules.tick(jobs.values());
        while (takeOne(lookup, free, false) || takeOne(lookup, freeForBrief, true)) {
            LOG.debug("took a job; is there another?");
        }
    }

    private void takeFromSilent() {
        Instant now = clock.instant();
        // Far away, the clock has gone back since.
        if (!now.isBefore(judgeSilenceFrom) || now.plus(JobTable.FAR).isBefore(judgeSilenceFrom)) {
            int taken = table.takeFromSilent(now);
            if (taken > 0) {
                LOG.warn("{} jobs were taken from a node that is silent", taken);
            }
        }
    }

    private boolean takeOne(CallerLookup lookup, Semaphore threads, boolean brief) {
        if (!threads.tryAcquire()) {
            return false;
        }
        boolean started = false;
        try {
            Optional<JobRun> run = claim(lookup, brief);
            run.ifPresent(one -> start(one, threads));
            started = run.isPresent();
        } finally {
            if (!started) {
                threads.release();
            }
        }
        return started;
    }

    private Optional<JobRun> claim(CallerLookup lookup, boolean brief) {
        List<String> kinds = jobs.values().stream()
                .filter(job -> job.isBrief() || !brief)
                .map(Job::kind)
                .toList();
        for (JobTable.Waiting waiting : table.waiting(kinds, clock.instant())) {
            Job job = jobs.get(waiting.kind());
            // Files that were prepared on another node are not here, unless the nodes share a disk.
            if (job == null || waiting.withFiles() && !folders.exists(waiting.id())) {
                continue;
            }
            String run = UUID.randomUUID().toString();
            if (table.claim(
                    waiting.id(), slot(waiting.kind()), run, JobRun.goesOn(job), clock.instant(), node.leaseUntil())) {
                // Read only now: another run may have ended since the queue was looked at.
                return table.find(waiting.id())
                        .map(entry -> new JobRun(run, entry, job, lookup, table, folders, problems, node));
            }
        }
        return Optional.empty();
    }

    /** Modules are installed and removed one at a time. */
    private static @Nullable String slot(String kind) {
        return kind.startsWith("module-") ? "module" : null;
    }

    private void start(JobRun run, Semaphore threads) {
        runs.add(run);
        workers.execute(() -> {
            try {
                run.run();
            } finally {
                runs.remove(run);
                threads.release();
                wake();
            }
        });
    }

    void sweep() {
        Instant now = clock.instant();
        table.removeEndedBefore(now.minus(KEPT));
        try {
            folders.removeUnknown(id -> table.find(id).isPresent(), now.minus(Duration.ofDays(1)));
        } catch (IOException e) {
            LOG.warn("old files of jobs could not be removed: {}", e.toString());
        }
    }

    @Deactivate
    void stop() throws InterruptedException {
        queue.forget(bell);
        runs.forEach(JobRun::stop);
        // Never interrupted: Derby closes its files when a thread is interrupted while it reads them.
        time.shutdown();
        workers.shutdown();
        if (!workers.awaitTermination(PATIENCE_ON_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
            workers.shutdownNow();
        }
        time.awaitTermination(PATIENCE_ON_STOP.toMillis(), TimeUnit.MILLISECONDS);
    }
}
