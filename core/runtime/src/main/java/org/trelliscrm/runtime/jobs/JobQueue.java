// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.job.Jobs;
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
        listeners.forEach(Runnable::run);
        return id;
    }

    /** Wants to know of new jobs at once. */
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void forget(Runnable listener) {
        listeners.remove(listener);
    }

    /** The newest jobs of the caller. */
    List<JobEntry> own(Caller caller, int limit) {
        return table.newest(caller.tenant(), caller.user(), limit);
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
        if (!job.belongsTo(caller) && !caller.rights().allows(TYPE, "cancel")) {
            throw Denied.right(TYPE, "cancel");
        }
        if (!job.state().isOver()) {
            table.cancel(id, clock.instant());
        }
        return get(caller, id);
    }
}
