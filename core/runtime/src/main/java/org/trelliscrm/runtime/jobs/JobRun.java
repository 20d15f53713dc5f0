// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.job.Job;
import org.trelliscrm.api.job.JobContext;
import org.trelliscrm.api.job.Retry;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.Problem;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.rest.Problems;

/**
 * One run of one job. Its own thread does the work and writes the end; the runner's clock thread calls {@link #beat}, which
 * carries progress to the database and the wish to stop back.
 */
final class JobRun implements JobContext, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
    private static final Random CHANCE = new Random();
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JobEntry entry;
    private final Job job;
    private final CallerLookup callers;
    private final JobTable table;
    private final JobFolders folders;
    private final Problems problems;
    private final Node node;
    private final String name;
    private final List<JobFile> files = new ArrayList<>();
    private volatile Map<String, Object> kept;
    private volatile int interruptions;
    private @Nullable Caller caller;
    private volatile long done;
    private volatile long total;
    private volatile boolean cancelled;
    private volatile boolean stopped;
    private volatile boolean lost;
    private boolean told;
    private long doneWritten;
    private long totalWritten;
    private Instant renewed;

    /** How long a claim holds, by which clock. */
    record Node(Duration lease, Clock clock) {
        Instant leaseUntil() {
            return clock.instant().plus(lease);
        }
    }

    /**
     * @param name under which the job has been taken; whoever comes with another one has lost it
     * @param entry the job as it was found after that
     */
    JobRun(
            String name,
            JobEntry entry,
            Job job,
            CallerLookup callers,
            JobTable table,
            JobFolders folders,
            Problems problems,
            Node node) {
        this.name = name;
        this.entry = entry;
        this.job = job;
        this.callers = callers;
        this.table = table;
        this.folders = folders;
        this.problems = problems;
        this.node = node;
        this.kept = entry.kept();
        this.interruptions = entry.interruptions();
        this.done = entry.done();
        this.total = entry.total();
        this.doneWritten = done;
        this.totalWritten = total;
        this.renewed = node.clock().instant();
    }

    /** Whether another run may follow one of this job that was cut short. */
    static boolean goesOn(Job job) {
        return job.canGoOn() || job.retry().attempts() > 1;
    }

    @Override
    public void run() {
        LOG.info("job {} ({}) begins", Ids.toText(entry.id()), entry.kind());
        JobEnding ending = work();
        try {
            patiently(() -> {
                table.end(entry.id(), name, ending, node.clock().instant());
                return ending;
            });
            LOG.info(
                    "job {} ({}): {}",
                    Ids.toText(entry.id()),
                    entry.kind(),
                    ending.state().text());
        } catch (RuntimeException e) {
            // The lease will run out, and the job be gone on with or shown as interrupted.
            LOG.error(
                    "job {} ({}): its end could not be written: {}",
                    Ids.toText(entry.id()),
                    entry.kind(),
                    e.toString());
        }
    }

    // What a module does may fail in any way, even by a class that is gone with its bundle; the queue goes on.
    @SuppressWarnings("IllegalCatch")
    private JobEnding work() {
        try {
            caller = patiently(this::restoreCaller);
            Map<String, Object> outcome = job.run(this);
            String json = Json.write(outcome);
            if (!told) {
                return ending(JobState.DONE, json, null);
            }
            return stopped ? interrupted(json) : ending(JobState.CANCELLED, json, null);
        } catch (Problem e) {
            return failed(JobProblem.of(e));
        } catch (Throwable e) {
            if (stopped || lost) {
                return interrupted(null);
            }
            LOG.error("job {} ({}) failed", Ids.toText(entry.id()), entry.kind());
            return failed(JobProblem.described(problems.describe(e, Locale.ENGLISH)));
        }
    }

    private JobEnding interrupted(@Nullable String outcome) {
        return goesOn(job) && interruptions < JobTable.MOST_INTERRUPTIONS
                ? ending(JobState.QUEUED, null, null)
                : ending(JobState.FAILED, outcome, JobProblem.INTERRUPTED);
    }

    private JobEnding failed(JobProblem problem) {
        int failures = entry.attempts() + 1;
        Retry retry = job.retry();
        if (failures >= retry.attempts() || !problem.mayPass() || cancelled) {
            return ending(JobState.FAILED, null, problem);
        }
        long longest = retry.after(failures).toMillis();
        Instant next = node.clock().instant().plusMillis(longest - (long) (CHANCE.nextDouble() * longest / 2));
        return new JobEnding(JobState.QUEUED, done, total, null, problem, List.of(), next);
    }

    private Caller restoreCaller() {
        Long user = entry.createdBy();
        Caller found = user == null
                ? Caller.system(entry.tenant())
                : callers.find(entry.tenant(), user, entry.key()).orElseThrow(this::nobody);
        return found.in(Locale.forLanguageTag(entry.locale()));
    }

    private Problem nobody() {
        return entry.key() == null ? Denied.right("job", entry.kind()) : JobProblem.KEY_WITHDRAWN.exception();
    }

    private JobEnding ending(JobState state, @Nullable String outcome, @Nullable JobProblem problem) {
        return new JobEnding(state, done, total, outcome, problem, List.copyOf(files), null);
    }

    /** Tries again while the database is away, until this run is stopped or lost. */
    private <T> T patiently(Supplier<T> work) {
        while (true) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                if (!DatabaseException.isAway(e) || stopped || lost) {
                    throw e;
                }
                LOG.warn("job {}: the database is away, trying again", Ids.toText(entry.id()));
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                stop();
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Renews the lease in good time, writes progress if there is any, and learns whether to stop. */
    void beat() {
        long doneNow = done;
        long totalNow = total;
        boolean progress = doneNow != doneWritten || totalNow != totalWritten;
        Instant now = node.clock().instant();
        // Before it was renewed: the clock has gone back.
        boolean due = now.isAfter(renewed.plus(node.lease().dividedBy(3))) || now.isBefore(renewed);
        JobTable.Answer answer = progress || due
                ? table.beat(entry.id(), name, doneNow, totalNow, node.leaseUntil())
                : table.answer(entry.id(), name);
        if (progress || due) {
            doneWritten = doneNow;
            totalWritten = totalNow;
            renewed = now;
        }
        switch (answer) {
            case CANCEL -> cancelled = true;
            case LOST -> lost = true;
            case GO_ON -> {}
        }
    }

    /** Makes it end soon: the system stops, or the module that does the work goes. */
    void stop() {
        stopped = true;
    }

    boolean isDoneBy(Job other) {
        return job == other;
    }

    @Override
    public long id() {
        return entry.id();
    }

    @Override
    public Caller caller() {
        return Objects.requireNonNull(caller);
    }

    @Override
    public Map<String, Object> input() {
        return entry.input();
    }

    @Override
    public Map<String, Object> state() {
        return kept;
    }

    @Override
    public void checkpoint(Map<String, Object> state) {
        String json = Json.write(state);
        if (lost || !patiently(() -> table.checkpoint(entry.id(), name, json))) {
            lost = true;
            throw new IllegalStateException("job " + Ids.toText(entry.id()) + " has been given to another run");
        }
        kept = Json.readObject(json);
        interruptions = 0;
    }

    @Override
    public Path folder() {
        try {
            return folders.open(entry.id());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void progress(long nowDone, long nowTotal) {
        done = nowDone;
        total = nowTotal;
    }

    @Override
    public boolean isCancelled() {
        boolean asked = cancelled || stopped || lost;
        told |= asked;
        return asked;
    }

    @Override
    public void offer(String name, String mediaType) {
        files.add(new JobFile(name, mediaType));
    }
}
