// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
                    + " ended_at, done, total, input_json, outcome_json, problem_json, files_json, with_files from job";

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
        Sql sql = new Sql("insert into job (id, tenant_id, kind, state, created_at, locale, done, total, input_json,"
                + " with_files, cancel_asked, exclusive_slot, created_by) values (");
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
        execute(job.createdBy() == null ? sql.add("null)") : sql.add("?)", job.createdBy()));
    }

    Optional<JobEntry> find(long id) {
        return query(new Sql(SELECT).add(" where id = ?", id), JobTable::entry).stream()
                .findFirst();
    }

    /** The newest jobs of a tenant; of one user, if one is named. */
    List<JobEntry> newest(int tenant, @Nullable Long user, int limit) {
        Sql sql = new Sql(SELECT).add(" where tenant_id = ?", tenant);
        if (user != null) {
            sql.add(" and created_by = ?", user);
        }
        return query(sql.add(" order by id desc fetch first " + limit + " rows only"), JobTable::entry);
    }

    /** The jobs of these kinds that wait, oldest first. */
    List<Waiting> waiting(Collection<String> kinds) {
        if (kinds.isEmpty()) {
            return List.of();
        }
        Sql sql = new Sql("select id, kind, with_files from job where state = 'queued' and kind in ")
                .addAll(kinds)
                .add(" order by id fetch first 1000 rows only");
        return glance(sql, row -> new Waiting(row.getLong(1), row.getString(2), row.getBoolean(3)));
    }

    /**
     * Takes a waiting job.
     *
     * @param slot the name under which only one job may run at a time, or {@code null}
     * @return whether it is taken; not if somebody else was quicker or the slot is not free
     */
    boolean claim(long id, @Nullable String slot, String node, Instant now, Instant leaseUntil) {
        Sql sql = new Sql("update job set state = 'running'")
                .add(", node = ?, started_at = ?, lease_until = ?", node, timestamp(now), timestamp(leaseUntil));
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
    Answer beat(long id, String node, long done, long total, Instant leaseUntil) {
        Sql update = new Sql("update job set")
                .add(" done = ?, total = ?, lease_until = ?", done, total, timestamp(leaseUntil))
                .add(" where id = ? and node = ? and state = 'running'", id, node);
        return execute(update) == 1 ? answer(id) : Answer.LOST;
    }

    /** Asks only, for when there is nothing to tell. */
    Answer answer(long id) {
        Sql sql = new Sql("select cancel_asked from job where state = 'running' and id = ").add("?", id);
        List<Boolean> asked = query(sql, row -> row.getBoolean(1));
        return asked.isEmpty() ? Answer.LOST : asked.get(0) ? Answer.CANCEL : Answer.GO_ON;
    }

    /** Writes how a running job ended; nothing happens if it was lost. */
    void end(long id, String node, JobEnding ending, Instant now) {
        Sql sql = new Sql("update job set lease_until = null, ended_at = ")
                .add(
                        "?, state = ?, exclusive_slot = ?",
                        timestamp(now),
                        ending.state().text(),
                        ownSlot(id))
                .add(", done = ?, total = ?", ending.done(), ending.total());
        if (ending.outcomeJson() != null) {
            sql.add(", outcome_json = ?", ending.outcomeJson());
        }
        if (ending.problem() != null) {
            sql.add(", problem_json = ?", Json.write(ending.problem().json()));
        }
        if (!ending.files().isEmpty()) {
            List<?> files = ending.files().stream().map(JobFile::json).toList();
            sql.add(", files_json = ?", Json.write(files));
        }
        execute(sql.add(" where id = ? and node = ? and state = 'running'", id, node));
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
     * Declares failed what runs on nodes that have been silent for too long.
     *
     * <p>A kind of job that can go on where it stopped would be put back into the queue here instead.
     *
     * @return how many
     */
    int failSilent(Instant now) {
        // Asked first and then updated one by one: an update that walks over all running jobs would meet those that
        // are just ending, each holding what the other needs.
        Sql silent = new Sql("select id from job where state = 'running' and lease_until < ").add("?", timestamp(now));
        int failed = 0;
        for (long id : glance(silent, row -> row.getLong(1))) {
            Sql sql = new Sql("update job set state = 'failed', lease_until = null, ended_at = ")
                    .add("?, exclusive_slot = ?", timestamp(now), ownSlot(id))
                    .add(", problem_json = ?", Json.write(JobProblem.INTERRUPTED.json()))
                    .add(" where id = ? and state = 'running' and lease_until < ?", id, timestamp(now));
            failed += execute(sql);
        }
        return failed;
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
        long creator = row.getLong("created_by");
        Long createdBy = row.wasNull() ? null : creator;
        return new JobEntry(
                row.getLong("id"),
                row.getInt("tenant_id"),
                row.getString("kind"),
                JobState.of(row.getString("state")),
                instant(row.getTimestamp("created_at")),
                createdBy,
                row.getString("locale"),
                instantOrNull(row.getTimestamp("started_at")),
                instantOrNull(row.getTimestamp("ended_at")),
                row.getLong("done"),
                row.getLong("total"),
                Json.readObject(row.getString("input_json")),
                outcome == null ? null : Json.readObject(outcome),
                problem == null ? null : JobProblem.of(Json.readObject(problem)),
                files == null ? List.of() : JobFile.list(Json.read(files)),
                row.getBoolean("with_files"));
    }

    // The columns have no zone; what stands in them is UTC, to the microsecond: PostgreSQL keeps no more.
    private static Timestamp timestamp(Instant instant) {
        return Timestamp.valueOf(LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC));
    }

    private static Instant instant(Timestamp timestamp) {
        return timestamp.toLocalDateTime().toInstant(ZoneOffset.UTC);
    }

    private static @Nullable Instant instantOrNull(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : instant(timestamp);
    }
}
