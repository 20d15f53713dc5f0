// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import static org.trelliscrm.runtime.data.Queries.instant;
import static org.trelliscrm.runtime.data.Queries.instantOrNull;
import static org.trelliscrm.runtime.data.Queries.timestamp;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.data.Sql;

/**
 * The table {@code job}. Every call is one statement, or two, that commit by themselves; what must happen once in a
 * cluster is decided by conditional updates, which need no lock and work the same on every database.
 */
@Component(service = JobTable.class)
public class JobTable {

    private static final String SELECT =
            "select id, tenant_id, kind, state, created_at, created_by, locale, started_at,"
                    + " ended_at, done, total, input_json, outcome_json, problem_json, files_json, with_files,"
                    + " key_id, attempts, interruptions, not_before, state_json from job";

    /** How often in a row a job may be cut short without having got any further. */
    static final int MOST_INTERRUPTIONS = 5;

    /** Nothing is ever put off longer; what seems to be was written before the clock went back. */
    static final Duration FAR = Duration.ofDays(1);

    private static final int TRIES = 5;

    private final DataSource dataSource;

    @Activate
    public JobTable(@Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A job that waits, as far as a node must know it to decide whether to take it. */
    record Waiting(long id, String kind, boolean withFiles) {}

    /** What a running job learns when it tells how far it is. */
    enum Answer {
        GO_ON,
        CANCEL,
        /** The job has been declared failed: this node was silent for too long. */
        LOST
    }

    void insert(JobEntry job) {
        execute(insertion(job));
    }

    /** The statement that puts a job into the queue. */
    static Sql insertion(JobEntry job) {
        Sql sql = new Sql("insert into job (id, tenant_id, kind, state, created_at, locale, done, total, input_json,"
                + " with_files, cancel_asked, exclusive_slot, created_by, key_id) values (");
        sql.add(
                "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ",
                job.id(),
                job.tenant(),
                job.kind(),
                job.state().text(),
                timestamp(job.createdAt()),
                job.locale(),
                job.done(),
                job.total(),
                Json.write(job.input()),
                job.withFiles(),
                false,
                ownSlot(job.id()));
        addOrNull(sql, job.createdBy()).add(", ");
        return addOrNull(sql, job.key()).add(")");
    }

    private static Sql addOrNull(Sql sql, @Nullable Object value) {
        return value == null ? sql.add("null") : sql.add("?", value);
    }

    Optional<JobEntry> find(long id) {
        return query(new Sql(SELECT).add(" where id = ?", id), JobTable::entry).stream()
                .findFirst();
    }

    /**
     * Which jobs of a tenant.
     *
     * @param user whose, or {@code null} for everybody's
     * @param before older than this one, or {@code null} for the newest
     */
    record Wanted(
            int tenant,
            @Nullable Long user,
            @Nullable JobState state,
            @Nullable String kind,
            @Nullable Long before,
            int limit) {}

    /** Jobs, newest first. */
    List<JobEntry> newest(Wanted wanted) {
        Sql sql = new Sql(SELECT).add(" where tenant_id = ?", wanted.tenant());
        if (wanted.user() != null) {
            sql.add(" and created_by = ?", wanted.user());
        }
        if (wanted.state() != null) {
            sql.add(" and state = ?", wanted.state().text());
        }
        if (wanted.kind() != null) {
            sql.add(" and kind = ?", wanted.kind());
        }
        if (wanted.before() != null) {
            sql.add(" and id < ?", wanted.before());
        }
        return query(sql.add(" order by id desc fetch first " + wanted.limit() + " rows only"), JobTable::entry);
    }

    /** The jobs of these kinds that wait and may begin, oldest first. */
    List<Waiting> waiting(Collection<String> kinds, Instant now) {
        if (kinds.isEmpty()) {
            return List.of();
        }
        Sql sql = new Sql("select id, kind, with_files from job where state = 'queued' and kind in ")
                .addAll(kinds)
                .add(
                        " and (not_before is null or not_before <= ? or not_before > ?)",
                        timestamp(now),
                        timestamp(now.plus(FAR)))
                .add(" order by id fetch first 1000 rows only");
        return glance(sql, row -> new Waiting(row.getLong(1), row.getString(2), row.getBoolean(3)));
    }

    /**
     * Takes a waiting job.
     *
     * @param slot the name under which only one job may run at a time, or {@code null}
     * @param run the name of this run; whoever comes with another one has lost the job
     * @param goesOn whether another run may follow if this one is cut short
     * @return whether it is taken; not if somebody else was quicker or the slot is not free
     */
    boolean claim(long id, @Nullable String slot, String run, boolean goesOn, Instant now, Instant leaseUntil) {
        Sql sql = new Sql("update job set state = 'running', not_before = null")
                .add(", node = ?, started_at = ?, lease_until = ?", run, timestamp(now), timestamp(leaseUntil))
                .add(", goes_on = ?", goesOn);
        if (slot != null) {
            sql.add(", exclusive_slot = ?", slot);
        }
        try {
            return execute(sql.add(" where id = ? and state = 'queued'", id)) == 1;
        } catch (DatabaseException e) {
            if (DatabaseException.isDuplicate(e) || DatabaseException.isClash(e)) {
                return false;
            }
            throw e;
        }
    }

    private static String ownSlot(long id) {
        return Ids.toText(id);
    }

    /** Tells how far a running job is and that its node is alive. */
    Answer beat(long id, String run, long done, long total, Instant leaseUntil) {
        Sql update = new Sql("update job set")
                .add(" done = ?, total = ?, lease_until = ?", done, total, timestamp(leaseUntil))
                .add(" where id = ? and node = ? and state = 'running'", id, run);
        return execute(update) == 1 ? answer(id, run) : Answer.LOST;
    }

    /** Asks only, for when there is nothing to tell. */
    Answer answer(long id, String run) {
        Sql sql = new Sql("select cancel_asked from job where state = 'running'")
                .add(" and id = ? and node = ?", id, run);
        List<Boolean> asked = query(sql, row -> row.getBoolean(1));
        return asked.isEmpty() ? Answer.LOST : asked.get(0) ? Answer.CANCEL : Answer.GO_ON;
    }

    /**
     * Keeps how far a running job is.
     *
     * @return whether it is still this run's
     */
    boolean checkpoint(long id, String run, String stateJson) {
        Sql sql = new Sql("update job set interruptions = 0, state_json = ").add("?", stateJson);
        return execute(sql.add(" where id = ? and node = ? and state = 'running'", id, run)) == 1;
    }

    /** Writes how a running job ended; nothing happens if it was lost. */
    void end(long id, String run, JobEnding ending, Instant now) {
        boolean again = ending.state() == JobState.QUEUED;
        Sql sql = new Sql("update job set lease_until = null")
                .add(", state = ?, exclusive_slot = ?", ending.state().text(), ownSlot(id))
                .add(", done = ?, total = ?", ending.done(), ending.total());
        if (!again) {
            sql.add(", ended_at = ?", timestamp(now));
        } else if (ending.problem() == null) {
            sql.add(", interruptions = interruptions + 1");
        }
        if (ending.notBefore() != null) {
            sql.add(", not_before = ?", timestamp(ending.notBefore()));
        }
        if (ending.outcomeJson() != null) {
            sql.add(", outcome_json = ?", ending.outcomeJson());
        }
        if (ending.problem() != null) {
            sql.add(
                    ", attempts = attempts + 1, problem_json = ?",
                    Json.write(ending.problem().json()));
        } else if (ending.state() == JobState.DONE) {
            // Of an attempt that failed before this one.
            sql.add(", problem_json = null");
        }
        if (!ending.files().isEmpty()) {
            List<?> files = ending.files().stream().map(JobFile::json).toList();
            sql.add(", files_json = ?", Json.write(files));
        }
        execute(sql.add(" where id = ? and node = ? and state = 'running'", id, run));
    }

    /**
     * Puts a failed job back into the queue as if it had not been tried; it keeps how far it is.
     *
     * @return whether it had failed
     */
    boolean retry(long id) {
        Sql sql = new Sql("update job set state = 'queued', attempts = 0, interruptions = 0, ended_at = null,"
                + " not_before = null, cancel_asked = ");
        return execute(sql.add("? where id = ? and state = 'failed'", false, id)) == 1;
    }

    /** Cancels a job that has not begun, and asks one that has to stop. */
    void cancel(long id, Instant now) {
        Sql waiting = new Sql("update job set state = 'cancelled', ended_at = ").add("?", timestamp(now));
        if (execute(waiting.add(" where id = ? and state = 'queued'", id)) == 0) {
            Sql running = new Sql("update job set cancel_asked = ").add("?", true);
            execute(running.add(" where id = ? and state = 'running'", id));
        }
    }

    /**
     * Takes their jobs from nodes that have been silent for too long: back into the queue, if they can go on, else they
     * have failed.
     *
     * @return how many
     */
    int takeFromSilent(Instant now) {
        // Asked first and then updated one by one: an update that walks over all running jobs would meet those that
        // are just ending, each holding what the other needs.
        Sql silent = new Sql("select id, goes_on, interruptions, cancel_asked from job where state = 'running'");
        appendSilent(silent, now);
        int taken = 0;
        for (Silent job : glance(silent, Silent::of)) {
            Sql sql = new Sql("update job set lease_until = null, exclusive_slot = ").add("?", ownSlot(job.id()));
            if (job.cancelAsked()) {
                sql.add(", state = 'cancelled', ended_at = ?", timestamp(now));
            } else if (job.goesOn() && job.interruptions() < MOST_INTERRUPTIONS) {
                sql.add(", state = 'queued', interruptions = interruptions + 1");
            } else {
                sql.add(", state = 'failed', attempts = attempts + 1, ended_at = ?", timestamp(now))
                        .add(", problem_json = ?", Json.write(JobProblem.INTERRUPTED.json()));
            }
            sql.add(" where id = ? and state = 'running'", job.id());
            appendSilent(sql, now);
            taken += execute(sql);
        }
        return taken;
    }

    // Who is alive renews its lease some seconds ahead; one that ends in days was written before the clock went back.
    private static void appendSilent(Sql sql, Instant now) {
        sql.add(" and (lease_until < ? or lease_until > ?)", timestamp(now), timestamp(now.plus(FAR)));
    }

    private record Silent(long id, boolean goesOn, int interruptions, boolean cancelAsked) {
        static Silent of(ResultSet row) throws SQLException {
            return new Silent(row.getLong(1), row.getBoolean(2), row.getInt(3), row.getBoolean(4));
        }
    }

    /** Forgets jobs that ended before this moment. */
    int removeEndedBefore(Instant moment) {
        return execute(new Sql("delete from job where ended_at < ").add("?", timestamp(moment)));
    }

    private int execute(Sql sql) {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = dataSource.getConnection()) {
                return sql.execute(connection);
            } catch (SQLException e) {
                // Each statement is a transaction of its own, so one that met another can simply be repeated.
                if (!DatabaseException.isClash(e) || attempt == TRIES) {
                    throw new DatabaseException(e);
                }
            }
        }
    }

    /** Reads one row. */
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(Sql sql, RowReader<T> reader) {
        try (Connection connection = dataSource.getConnection()) {
            return query(connection, sql, reader);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /**
     * Walks over many jobs without locks: Derby would wait for each that is just being changed, and those who change them
     * for this one. What is found is only a hint; the conditional update decides.
     */
    private <T> List<T> glance(Sql sql, RowReader<T> reader) {
        try (Connection connection = dataSource.getConnection()) {
            int usual = connection.getTransactionIsolation();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
            try {
                return query(connection, sql, reader);
            } finally {
                connection.setTransactionIsolation(usual);
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static <T> List<T> query(Connection connection, Sql sql, RowReader<T> reader) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(reader.read(row));
            }
            return rows;
        }
    }

    private static JobEntry entry(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome_json");
        String problem = row.getString("problem_json");
        String files = row.getString("files_json");
        String kept = row.getString("state_json");
        return new JobEntry(
                row.getLong("id"),
                row.getInt("tenant_id"),
                row.getString("kind"),
                JobState.of(row.getString("state")),
                instant(row.getTimestamp("created_at")),
                (Long) row.getObject("created_by"),
                (Long) row.getObject("key_id"),
                row.getString("locale"),
                instantOrNull(row.getTimestamp("started_at")),
                instantOrNull(row.getTimestamp("ended_at")),
                row.getLong("done"),
                row.getLong("total"),
                Json.readObject(row.getString("input_json")),
                outcome == null ? null : Json.readObject(outcome),
                problem == null ? null : JobProblem.of(Json.readObject(problem)),
                files == null ? List.of() : JobFile.list(Json.read(files)),
                row.getBoolean("with_files"),
                row.getInt("attempts"),
                row.getInt("interruptions"),
                instantOrNull(row.getTimestamp("not_before")),
                kept == null ? Map.of() : Json.readObject(kept));
    }
}
