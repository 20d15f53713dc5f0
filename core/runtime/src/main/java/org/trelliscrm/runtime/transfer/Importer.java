// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.job.JobContext;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Problem;
import org.trelliscrm.api.record.Records;
import org.trelliscrm.api.transfer.Row;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.feed.ChangeSets;

/**
 * Writes the rows of one import, in the order of the file. Rows are gathered, so that the records they are about are looked
 * for together; each is then written by itself, as its caller could, and one that is refused does not stop the others.
 */
final class Importer implements RowSource.Sink {

    private static final int ROWS_AT_ONCE = 100;
    private static final int TRIES = 3;
    /** Mistakes of ours or of a module, not of the file: a few may belong to odd rows, many mean that nothing works. */
    private static final int MAX_INCIDENTS = 20;

    private static final int SECONDS_OF_PATIENCE = 300;

    private final Records records;
    private final TypeInfo type;
    private final JobContext context;
    private final Caller caller;
    private final @Nullable Matches matches;
    private final boolean skipMatches;
    private final Merge merge;
    private final Reasons reasons;
    private final RejectedRows rejected;
    private final Tally tally;
    private final List<Waiting> waiting = new ArrayList<>();
    private int incidents;
    private boolean keyed;

    /** @param key the field by which a row finds its record; empty if it never does */
    Importer(
            Records records,
            TypeInfo type,
            JobContext context,
            String key,
            boolean skipMatches,
            Reasons reasons,
            RejectedRows rejected,
            Tally tally) {
        this.records = records;
        this.type = type;
        this.context = context;
        this.caller = context.caller();
        this.matches = key.isEmpty() ? null : new Matches(records, caller, type, key);
        this.skipMatches = skipMatches;
        this.merge = new Merge(type);
        this.reasons = reasons;
        this.rejected = rejected;
        this.tally = tally;
    }

    private record Waiting(Row row, List<String> cells) {}

    /** Somebody has asked for the import to stop. */
    static final class Cancelled extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void accept(Row row, List<String> cells) throws IOException {
        waiting.add(new Waiting(row, cells));
        if (waiting.size() == ROWS_AT_ONCE) {
            flush();
        }
    }

    /** Writes what has been gathered. */
    void flush() throws IOException {
        if (matches != null) {
            List<Map<String, Object>> rows = waiting.stream()
                    .filter(one -> one.row().problem() == null)
                    .map(one -> one.row().values())
                    .toList();
            try {
                patiently(() -> {
                    matches.load(rows);
                    return true;
                });
                keyed = true;
            } catch (Problem e) {
                if (!keyed) {
                    // A key that rows were never found by: nothing has been done, and the whole import is refused.
                    throw e;
                }
                // The field that rows are matched by has been deleted, or hidden from the caller, since the import
                // began.
                for (Waiting one : waiting) {
                    reject(one, reasons.of(e));
                }
                waiting.clear();
                return;
            }
        }
        for (Waiting one : waiting) {
            if (context.isCancelled()) {
                throw new Cancelled();
            }
            write(one);
        }
        waiting.clear();
    }

    private void write(Waiting one) throws IOException {
        if (one.row().problem() != null) {
            reject(one, reasons.of(one.row().problem()));
            return;
        }
        try {
            // Everything that one import changes belongs together, so that it can be undone together.
            ChangeSets.within(
                    context.id(), () -> patiently(() -> write(one.row().values())));
            tally.unused(one.row().unused());
        } catch (Problem e) {
            reject(one, reasons.of(e));
        } catch (RuntimeException e) {
            if (DatabaseException.isAway(e) || ++incidents > MAX_INCIDENTS) {
                throw e;
            }
            reject(one, reasons.of(e));
        }
    }

    private void reject(Waiting one, String reason) throws IOException {
        rejected.add(one.row().number(), reason, one.cells());
        tally.rejected();
    }

    private boolean write(Map<String, Object> values) {
        Set<String> found = matches == null ? Set.of() : matches.find(values);
        if (found.isEmpty()) {
            note(records.create(caller, type.name(), values));
            tally.created();
        } else if (found.size() > 1) {
            throw new Conflict("import.ambiguous", Map.of("count", found.size()));
        } else if (skipMatches || !update(Ids.fromText(found.iterator().next()).orElseThrow(), values)) {
            tally.skipped();
        } else {
            tally.updated();
        }
        return true;
    }

    /** False if the record says all of it already. */
    private boolean update(long id, Map<String, Object> values) {
        for (int attempt = 1; ; attempt++) {
            Map<String, Object> before = records.get(caller, type.name(), id);
            Map<String, Object> patch = merge.patch(before, values);
            if (patch.isEmpty()) {
                return false;
            }
            try {
                note(records.update(caller, type.name(), id, patch, (Integer) before.get("version")));
                return true;
            } catch (Conflict e) {
                // Somebody saved it in between: look again at what it says now.
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private void note(Map<String, Object> record) {
        if (matches != null) {
            matches.note(record);
        }
    }

    /** Waits for the database if it is away; in vain after some minutes, or when the import is to stop. */
    private <T> T patiently(Supplier<T> work) {
        for (int seconds = 0; ; seconds++) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                if (!DatabaseException.isAway(e) || seconds == SECONDS_OF_PATIENCE || context.isCancelled()) {
                    throw e;
                }
            }
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the database is away", e);
            }
        }
    }
}
