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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.job.JobContext;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Problem;
import org.trelliscrm.api.transfer.Row;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.feed.ChangeSets;
import org.trelliscrm.runtime.records.BulkRecords;
import org.trelliscrm.runtime.records.BulkRecords.Batch;

/**
 * Writes the rows of one import, in the order of the file. Rows are gathered and written together, which is many times
 * quicker; where something stands in the way of that, each by itself. One that is refused does not stop the others.
 */
final class Importer implements RowSource.Sink {

    private static final Logger LOG = LoggerFactory.getLogger(Importer.class);
    private static final int ROWS_AT_ONCE = 200;
    /** Mistakes of ours or of a module, not of the file: a few may belong to odd rows, many mean that nothing works. */
    private static final int MAX_INCIDENTS = 20;

    private static final int SECONDS_OF_PATIENCE = 300;

    private final BulkRecords records;
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
    private boolean matchesAreFresh;
    private int incidents;
    private boolean keyed;

    /** @param key the field by which a row finds its record; empty if it never does */
    Importer(
            BulkRecords records,
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

    /** What became of a row. */
    enum Verdict {
        CREATED,
        UPDATED,
        SKIPPED,
        REJECTED
    }

    private record Result(Waiting of, Verdict verdict, String reason) {}

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
        if (context.isCancelled()) {
            throw new Cancelled();
        }
        if (matches != null) {
            try {
                patiently(() -> {
                    matches.load(values(waiting));
                    return true;
                });
                matchesAreFresh = true;
                keyed = true;
            } catch (Problem e) {
                if (!keyed) {
                    // A key that rows were never found by: nothing has been done, and the whole import is refused.
                    throw e;
                }
                // The field that rows are matched by has been deleted, or hidden from the caller, since the import
                // began.
                for (Waiting one : waiting) {
                    account(new Result(one, Verdict.REJECTED, reasons.of(e)));
                }
                waiting.clear();
                return;
            }
        }
        if (!together()) {
            for (Waiting one : waiting) {
                if (context.isCancelled()) {
                    throw new Cancelled();
                }
                alone(one);
            }
        }
        waiting.clear();
    }

    /** Writes all in one transaction; false if that cannot be, and none of them is written. */
    private boolean together() throws IOException {
        List<Result> results;
        try {
            results = written(waiting);
        } catch (RuntimeException e) {
            if (DatabaseException.isAway(e)) {
                throw e;
            }
            LOG.debug("a part of the import is written row by row: {}", e.toString());
            return false;
        }
        for (Result result : results) {
            account(result);
        }
        return true;
    }

    private void alone(Waiting one) throws IOException {
        try {
            account(written(List.of(one)).get(0));
        } catch (Problem e) {
            account(new Result(one, Verdict.REJECTED, reasons.of(e)));
        } catch (RuntimeException e) {
            if (DatabaseException.isAway(e) || ++incidents > MAX_INCIDENTS) {
                throw e;
            }
            account(new Result(one, Verdict.REJECTED, reasons.of(e)));
        }
    }

    private List<Result> written(List<Waiting> rows) {
        // Everything that one import changes belongs together, so that it can be undone together.
        List<Result> results = new ArrayList<>();
        ChangeSets.within(
                context.id(),
                () -> patiently(() -> records.inBatch(caller, type.name(), batch -> {
                    // It may be the second try, after the transaction ran into another one.
                    results.clear();
                    lookFor(rows, batch);
                    return rows.stream().map(one -> result(one, batch)).allMatch(results::add);
                })));
        return results;
    }

    private void lookFor(List<Waiting> rows, Batch batch) {
        if (matches != null) {
            if (!matchesAreFresh) {
                matches.load(values(rows));
            }
            matchesAreFresh = false;
            if (!skipMatches) {
                batch.expect(matches.all());
            }
        }
    }

    private static List<Map<String, Object>> values(List<Waiting> rows) {
        return rows.stream()
                .filter(one -> one.row().problem() == null)
                .map(one -> one.row().values())
                .toList();
    }

    private Result result(Waiting one, Batch batch) {
        if (one.row().problem() != null) {
            return new Result(one, Verdict.REJECTED, reasons.of(one.row().problem()));
        }
        try {
            return new Result(one, write(one.row().values(), batch), "");
        } catch (Problem e) {
            return new Result(one, Verdict.REJECTED, reasons.of(e));
        }
    }

    private Verdict write(Map<String, Object> values, Batch batch) {
        Set<String> found = matches == null ? Set.of() : matches.find(values);
        if (found.isEmpty()) {
            note(batch.create(values));
            return Verdict.CREATED;
        } else if (found.size() > 1) {
            throw new Conflict("import.ambiguous", Map.of("count", found.size()));
        } else if (skipMatches) {
            return Verdict.SKIPPED;
        }
        long id = Ids.fromText(found.iterator().next()).orElseThrow();
        Map<String, Object> patch = merge.patch(batch.get(id), values);
        if (patch.isEmpty()) {
            // It says all of it already.
            return Verdict.SKIPPED;
        }
        note(batch.update(id, patch));
        return Verdict.UPDATED;
    }

    private void account(Result result) throws IOException {
        if (result.verdict() == Verdict.REJECTED) {
            rejected.add(
                    result.of().row().number(), result.reason(), result.of().cells());
        } else {
            tally.unused(result.of().row().unused());
        }
        tally.count(result.verdict());
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
