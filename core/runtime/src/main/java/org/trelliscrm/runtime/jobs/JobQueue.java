// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.job.Jobs;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.runtime.data.Ids;

/** The queue as people and modules see it: who asked for what, how far it is, and stop. */
@Component(service = {Jobs.class, JobQueue.class})
public class JobQueue implements Jobs {

    private static final String TYPE = "job";

    private final JobTable table;
    private final JobFolders folders;
    private final Ids ids;
    private final Clock clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    @Activate
    public JobQueue(
            @Reference JobTable table, @Reference JobFolders folders, @Reference Ids ids, @Reference Clock clock) {
        this.table = table;
        this.folders = folders;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public long enqueue(Caller caller, String kind, Map<String, Object> input, Files files) {
        long id = ids.next();
        boolean queued = false;
        try {
            files.prepare(folders.open(id));
            boolean withFiles = !folders.isEmpty(id);
            table.insert(JobEntry.asked(id, caller, kind, clock.instant(), input, withFiles));
            queued = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!queued) {
                folders.remove(id);
            }
        }
        tellOfWork();
        return id;
    }

    /** Says that there is something to do. */
    void tellOfWork() {
        listeners.forEach(Runnable::run);
    }

    /** Wants to know of new jobs at once. */
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void forget(Runnable listener) {
        listeners.remove(listener);
    }

    /**
     * Jobs, newest first.
     *
     * @param all whether everybody's, for those who may read them all, or only the caller's own
     * @param before older than this one, or {@code null}
     */
    List<JobEntry> list(
            Caller caller,
            boolean all,
            @Nullable JobState state,
            @Nullable String kind,
            @Nullable Long before,
            int limit) {
        if (all) {
            require(caller, "read");
        }
        return table.newest(
                new JobTable.Wanted(caller.tenant(), all ? null : caller.user(), state, kind, before, limit));
    }

    private static void require(Caller caller, String verb) {
        if (!caller.rights().allows(TYPE, verb)) {
            throw Denied.right(TYPE, verb);
        }
    }

    /** Whether nothing more will come of a job, also because it has been forgotten. */
    public boolean isOver(long id) {
        return table.find(id).map(job -> job.state().isOver()).orElse(true);
    }

    /** A job of the caller's, or anybody's for those who may read them all. */
    JobEntry get(Caller caller, long id) {
        return table.find(id)
                .filter(job -> job.tenant() == caller.tenant())
                .filter(job -> job.belongsTo(caller) || caller.rights().allows(TYPE, "read"))
                .orElseThrow(() -> new NotFound("job.notFound", Map.of("id", Ids.toText(id))));
    }

    /** Stops a job: at once if it has not begun, else as soon as it looks up from its work. */
    JobEntry cancel(Caller caller, long id) {
        JobEntry job = get(caller, id);
        if (!job.belongsTo(caller)) {
            require(caller, "cancel");
        }
        if (!job.state().isOver()) {
            table.cancel(id, clock.instant());
        }
        return get(caller, id);
    }

    /**
     * Puts a failed job back into the queue, with the rights of the one who asked for it first.
     *
     * @throws Conflict if it has not failed
     */
    JobEntry retry(Caller caller, long id) {
        JobEntry job = get(caller, id);
        if (!job.belongsTo(caller)) {
            require(caller, "retry");
        }
        if (!table.retry(id)) {
            throw new Conflict("job.notFailed", Map.of("id", Ids.toText(id)));
        }
        tellOfWork();
        return get(caller, id);
    }
}
