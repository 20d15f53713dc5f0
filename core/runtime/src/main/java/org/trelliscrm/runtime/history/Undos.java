// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.history;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.history.ChangeSetEntry.State;
import org.trelliscrm.runtime.jobs.JobQueue;
import org.trelliscrm.runtime.records.RecordService;
import org.trelliscrm.runtime.records.TypeRegistry;
import org.trelliscrm.runtime.rest.Problems;

/** Decides whether a change set can be undone now, looks what would happen, and lets {@link UndoJob} do it. */
@Component(service = Undos.class)
public class Undos {

    /** The rights to see and to undo what others have done, beside those to the records themselves. */
    static final String RIGHT = "changeset";

    /** Between setting an undo going and the job's being in the queue lies a moment; after this time it was a crash. */
    private static final Duration MOMENT = Duration.ofMinutes(1);

    /** So many changes are looked through for a preview. */
    private static final int PREVIEWED = 2000;

    private static final int SHOWN = 100;

    private final ChangeSetTable table;
    private final LoggedChanges log;
    private final RecordService records;
    private final TypeRegistry types;
    private final Problems problems;
    private final JobQueue jobs;
    private final Ids ids;
    private final Clock clock;

    @Activate
    public Undos(
            @Reference ChangeSetTable table,
            @Reference LoggedChanges log,
            @Reference RecordService records,
            @Reference TypeRegistry types,
            @Reference Problems problems,
            @Reference JobQueue jobs,
            @Reference Ids ids,
            @Reference Clock clock) {
        this.table = table;
        this.log = log;
        this.records = records;
        this.types = types;
        this.problems = problems;
        this.jobs = jobs;
        this.ids = ids;
        this.clock = clock;
    }

    /** A change set that the caller may see: an own one, or any for those who may read them all. */
    ChangeSetEntry visible(Caller caller, long id) {
        return table.find(caller.tenant(), id)
                .filter(one -> one.belongsTo(caller) || caller.rights().allows(RIGHT, "read"))
                .orElseThrow(() -> new NotFound("changeSet.notFound", Map.of("id", Ids.toText(id))));
    }

    private ChangeSetEntry undoable(Caller caller, long id) {
        ChangeSetEntry target = visible(caller, id);
        if (!target.belongsTo(caller) && !caller.rights().allows(RIGHT, "undo")) {
            throw Denied.right(RIGHT, "undo");
        }
        return target;
    }

    /**
     * An undo that has been set going.
     *
     * @param changeSet the change set of the undo itself
     * @param job the job that does it
     */
    public record Begun(long changeSet, long job) {}

    /**
     * Begins to undo a change set, or goes on where an undo was cut short.
     *
     * @throws Conflict if it is being undone, is undone, or is not finished itself
     */
    public Begun begin(Caller caller, long id) {
        ChangeSetEntry target = undoable(caller, id);
        long undo =
                switch (target.state()) {
                    case UNDONE -> throw conflict("changeSet.alreadyUndone", id);
                    case UNDOING -> Objects.requireNonNull(target.undoneBy());
                    case RUNNING, DONE, PARTLY_UNDONE -> ids.next();
                };
        if (target.state() == State.UNDOING) {
            return goOn(caller, undo, id);
        }
        if (target.state() == State.RUNNING && !isCutShort(target)) {
            throw conflict("changeSet.running", id);
        }
        if (!table.beginUndo(caller, target, undo)) {
            throw conflict("changeSet.beingUndone", id);
        }
        return attempt(caller, undo, id, 1);
    }

    private Begun goOn(Caller caller, long undo, long target) {
        ChangeSetEntry entry = table.find(caller.tenant(), undo).orElseThrow();
        if (entry.state() != State.RUNNING || !isCutShort(entry)) {
            throw conflict("changeSet.beingUndone", target);
        }
        return attempt(caller, undo, target, entry.attempt() + 1);
    }

    private Begun attempt(Caller caller, long undo, long target, int attempt) {
        if (!table.attempt(undo, attempt)) {
            throw conflict("changeSet.beingUndone", target);
        }
        long job = jobs.enqueue(
                caller,
                UndoJob.KIND,
                Map.of("changeSet", Ids.toText(target), "undo", Ids.toText(undo), "attempt", attempt));
        table.setJob(undo, attempt, job);
        return new Begun(undo, job);
    }

    /** Whether the work of a change set has ended without saying so: its job is over, or never came to be. */
    private boolean isCutShort(ChangeSetEntry entry) {
        if (entry.job() != null) {
            return jobs.isOver(entry.job());
        }
        return clock.instant()
                .isAfter((entry.attemptedAt() == null ? entry.begunAt() : entry.attemptedAt()).plus(MOMENT));
    }

    private static Conflict conflict(String code, long id) {
        return new Conflict(code, Map.of("id", Ids.toText(id)));
    }

    /** The walk of an undo, or with {@code undo} 0 one that only looks. */
    UndoWalk walk(Caller caller, long target, long undo) {
        return new UndoWalk(log, records, types, problems, caller, target, undo, table.standingUndos(target));
    }

    /**
     * What an undo would do now, JSON-shaped: sums, and the first problems. Hooks and rules are asked only when it is done.
     */
    Preview preview(Caller caller, long id) {
        ChangeSetEntry target = undoable(caller, id);
        UndoWalk walk = walk(caller, target.id(), 0);
        List<UndoProblem> found = new ArrayList<>();
        long[] seen = new long[1];
        boolean more = true;
        while (more && seen[0] < PREVIEWED) {
            more = walk.next(now -> seen[0] = now);
            walk.problems().stream().limit(SHOWN - found.size()).forEach(found::add);
        }
        Map<String, Object> json = new LinkedHashMap<>(walk.sums());
        json.put("complete", !more);
        return new Preview(json, found);
    }

    /** What an undo would do. */
    record Preview(Map<String, Object> sums, List<UndoProblem> problems) {}
}
