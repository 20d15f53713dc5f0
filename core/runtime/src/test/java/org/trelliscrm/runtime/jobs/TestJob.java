// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.job.Job;
import org.trelliscrm.api.job.JobContext;
import org.trelliscrm.api.job.Retry;
import org.trelliscrm.api.job.Schedule;

/** A job made of what a test wants it to do. */
final class TestJob implements Job {

    private final String kind;
    private final Work work;
    private boolean goesOn;
    private boolean brief;
    private Retry retry = Retry.NEVER;
    private @Nullable Schedule schedule;

    interface Work {
        Map<String, Object> run(JobContext context) throws Exception;
    }

    TestJob(String kind, Work work) {
        this.kind = kind;
        this.work = work;
    }

    TestJob goesOn() {
        goesOn = true;
        return this;
    }

    TestJob brief() {
        brief = true;
        return this;
    }

    TestJob retry(Retry how) {
        retry = how;
        return this;
    }

    TestJob at(Schedule times) {
        schedule = times;
        return this;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Map<String, Object> run(JobContext context) throws Exception {
        return work.run(context);
    }

    @Override
    public boolean canGoOn() {
        return goesOn;
    }

    @Override
    public boolean isBrief() {
        return brief;
    }

    @Override
    public Retry retry() {
        return retry;
    }

    @Override
    public Optional<Schedule> schedule() {
        return Optional.ofNullable(schedule);
    }
}
