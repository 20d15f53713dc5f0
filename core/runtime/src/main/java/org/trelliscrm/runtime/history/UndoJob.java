// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.history;

import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.job.Job;
import org.trelliscrm.api.job.JobContext;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.history.ChangeSetEntry.State;

/**
 * Undoes a change set with the rights of whoever asked for it. It may be run again after it was cut short at any place: what
 * it has put back already is found to be so.
 */
@Component(service = Job.class)
public class UndoJob implements Job {

    static final String KIND = "undo";

    private final Undos undos;
    private final ChangeSetTable table;
    private final LoggedChanges log;
    private final UndoProblems problems;

    @Activate
    public UndoJob(
            @Reference Undos undos,
            @Reference ChangeSetTable table,
            @Reference LoggedChanges log,
            @Reference UndoProblems problems) {
        this.undos = undos;
        this.table = table;
        this.log = log;
        this.problems = problems;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Map<String, Object> run(JobContext context) {
        Caller caller = context.caller();
        ChangeSetEntry undo = entry(caller, context.input().get("undo"));
        ChangeSetEntry target = entry(caller, context.input().get("changeSet"));
        int attempt = ((Number) context.input().get("attempt")).intValue();
        if (undo.state() != State.RUNNING || undo.attempt() != attempt) {
            // Somebody has taken this job for lost and set another one going.
            throw new Conflict("changeSet.beingUndone", Map.of("id", Ids.toText(target.id())));
        }
        problems.clear(undo.id());
        long total = log.counts(caller.tenant(), target.id()).stream()
                .mapToLong(LoggedChanges.Count::count)
                .sum();
        UndoWalk walk = undos.walk(caller, target.id(), undo.id());
        boolean more = true;
        while (more && !context.isCancelled()) {
            more = walk.next(done -> context.progress(done, total));
            problems.add(caller.tenant(), undo.id(), walk.problems());
        }
        table.endUndo(undo, target, !more && walk.isComplete());
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("changeSet", Ids.toText(undo.id()));
        outcome.put("undoes", Ids.toText(target.id()));
        outcome.putAll(walk.sums());
        return outcome;
    }

    private ChangeSetEntry entry(Caller caller, Object id) {
        return table.find(caller.tenant(), Ids.fromText((String) id).orElseThrow())
                .orElseThrow();
    }
}
