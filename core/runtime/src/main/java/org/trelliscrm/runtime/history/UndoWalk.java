// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Problem;
import org.trelliscrm.api.record.Change;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.feed.ChangeLog.Logged;
import org.trelliscrm.runtime.feed.ChangeSets;
import org.trelliscrm.runtime.history.LoggedChanges.Step;
import org.trelliscrm.runtime.records.PutBack;
import org.trelliscrm.runtime.records.RecordService;
import org.trelliscrm.runtime.records.TypeRegistry;
import org.trelliscrm.runtime.records.TypeRegistry.ServingType;
import org.trelliscrm.runtime.rest.Problems;

/**
 * Goes through a change set from its last change to its first and puts each record back, or only looks what would happen.
 * It keeps nothing between two runs: what an earlier one has put back is found in the change log.
 */
final class UndoWalk {

    private static final int CHUNK = 200;
    /** Mistakes of ours or of a module: a few may belong to odd records, many mean that nothing works. */
    private static final int MAX_INCIDENTS = 20;

    private final LoggedChanges log;
    private final RecordService records;
    private final TypeRegistry types;
    private final Problems described;
    private final Caller caller;
    private final long target;
    /** The undo; 0 while only looking. */
    private final long undo;

    private final List<Long> standing;
    private final List<UndoProblem> problems = new ArrayList<>();
    private final Map<UndoProblem.Kind, Long> sums = new HashMap<>();
    private long putBack;
    private long unchanged;
    private long seen;
    private int incidents;
    private long place = Long.MAX_VALUE;

    /** @param standing earlier undos of the same change set */
    UndoWalk(
            LoggedChanges log,
            RecordService records,
            TypeRegistry types,
            Problems described,
            Caller caller,
            long target,
            long undo,
            List<Long> standing) {
        this.log = log;
        this.records = records;
        this.types = types;
        this.described = described;
        this.caller = caller;
        this.target = target;
        this.undo = undo;
        this.standing = standing;
    }

    /**
     * Does the next chunk.
     *
     * @return whether there may be more
     */
    boolean next(LongConsumer progress) {
        problems.clear();
        List<Step> steps = log.back(caller.tenant(), target, place, CHUNK);
        if (steps.isEmpty()) {
            return false;
        }
        Map<Long, List<Logged>> changes = changes(steps);
        for (Step step : steps) {
            List<Change> own = of(changes.get(step.record()), target);
            // A record is put back where the change set has touched it last, all at once.
            if (isLast(step, changes.get(step.record()))) {
                putBack(own, changes.get(step.record()));
            }
            seen++;
            place = step.id();
            progress.accept(seen);
        }
        return steps.size() == CHUNK;
    }

    private Map<Long, List<Logged>> changes(List<Step> steps) {
        Set<Long> wanted = new HashSet<>();
        steps.forEach(step -> wanted.add(step.record()));
        List<Long> sets = new ArrayList<>(standing);
        sets.add(target);
        sets.add(undo);
        Map<Long, List<Logged>> changes = new HashMap<>();
        log.ofRecords(caller.tenant(), wanted, sets)
                .forEach(one -> changes.computeIfAbsent(one.change().record(), id -> new ArrayList<>())
                        .add(one));
        return changes;
    }

    private boolean isLast(Step step, List<Logged> changes) {
        return changes.stream().noneMatch(one -> belongs(one, target) && one.id() > step.id());
    }

    private static List<Change> of(List<Logged> changes, long changeSet) {
        return changes.stream()
                .filter(one -> belongs(one, changeSet))
                .map(Logged::change)
                .toList();
    }

    private static boolean belongs(Logged one, long changeSet) {
        Long set = one.change().changeSet();
        return set != null && set == changeSet;
    }

    private void putBack(List<Change> own, List<Logged> all) {
        String type = own.get(0).type();
        long id = own.get(0).record();
        Optional<ServingType> serving = types.name(type);
        if (serving.isEmpty()) {
            note(List.of(UndoProblem.notInstalled(type, id)));
            return;
        }
        if (serving.get().info().generated()) {
            // A record of what happened, written by hooks: it did happen, and so did its undo.
            return;
        }
        boolean doneBefore = !of(all, undo).isEmpty();
        try {
            PutBack.Result result = putBack(PutBack.of(own, settled(all)));
            if (result.outcome() == PutBack.Outcome.PUT_BACK || doneBefore) {
                putBack++;
            } else if (result.conflicts().isEmpty() && result.refused().isEmpty()) {
                unchanged++;
            }
            note(UndoProblem.of(result, type, id));
        } catch (Problem e) {
            note(List.of(UndoProblem.refused(type, id, e)));
        } catch (RuntimeException e) {
            if (DatabaseException.isAway(e) || ++incidents > MAX_INCIDENTS) {
                throw e;
            }
            note(List.of(UndoProblem.incident(type, id, described.describe(e, Locale.ENGLISH))));
        }
    }

    private PutBack.Result putBack(PutBack one) {
        if (undo == 0) {
            return records.putBack(caller, one, true);
        }
        PutBack.Result[] result = new PutBack.Result[1];
        ChangeSets.within(undo, () -> result[0] = records.putBack(caller, one, false));
        return result[0];
    }

    /** The fields that earlier undos have put back; whoever has changed them since did not mean this change set. */
    private Set<String> settled(List<Logged> all) {
        Set<String> fields = new HashSet<>();
        for (Logged one : all) {
            if (standing.contains(one.change().changeSet())) {
                fields.addAll(one.change().fields().keySet());
            }
        }
        return fields;
    }

    private void note(List<UndoProblem> found) {
        problems.addAll(found);
        found.forEach(problem -> sums.merge(problem.kind(), 1L, Long::sum));
    }

    /** What stood in the way in the last chunk. */
    List<UndoProblem> problems() {
        return problems;
    }

    boolean isComplete() {
        return sums.isEmpty();
    }

    /** How many records became what. */
    Map<String, Object> sums() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("undone", putBack);
        json.put("unchanged", unchanged);
        json.put("conflicts", sums.getOrDefault(UndoProblem.Kind.CONFLICT, 0L));
        json.put("refused", sums.getOrDefault(UndoProblem.Kind.REFUSED, 0L));
        json.put("notInstalled", sums.getOrDefault(UndoProblem.Kind.NOT_INSTALLED, 0L));
        return json;
    }
}
