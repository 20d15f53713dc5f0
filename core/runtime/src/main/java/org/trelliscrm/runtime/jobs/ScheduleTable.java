// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import static org.trelliscrm.runtime.data.Queries.timestamp;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Queries;
import org.trelliscrm.runtime.data.Sql;

/**
 * The table {@code job_schedule}. That a planned run begins once in a cluster is decided by an update of the moment at which
 * it is due; the job is made in the same transaction, so that neither exists without the other.
 */
@Component(service = ScheduleTable.class)
public class ScheduleTable {

    private static final String SELECT =
            "select id, tenant_id, kind, times, next_run, last_run, last_job, paused from job_schedule";

    private final DataSource dataSource;
    private final Queries queries;

    @Activate
    public ScheduleTable(@Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource) {
        this.dataSource = dataSource;
        this.queries = new Queries(dataSource);
    }

    /** All schedules, or those of one tenant, by kind. */
    List<ScheduleEntry> all(@Nullable Integer tenant) {
        Sql sql = new Sql(SELECT);
        if (tenant != null) {
            sql.add(" where tenant_id = ?", tenant);
        }
        sql.add(" order by kind, tenant_id");
        return queries.list(
                sql,
                row -> new ScheduleEntry(
                        row.getLong(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        Queries.instant(row.getTimestamp(5)),
                        Queries.instantOrNull(row.getTimestamp(6)),
                        (Long) row.getObject(7),
                        row.getBoolean(8)));
    }

    /** The tenants in which anything has ever been written; each begins with a user. */
    List<Integer> tenants() {
        List<Integer> tenants = new ArrayList<>();
        Optional<Integer> next = tenantAfter(0);
        while (next.isPresent()) {
            tenants.add(next.get());
            next = tenantAfter(next.get());
        }
        return tenants;
    }

    /** From one to the next through the index, however many changes there are. */
    private Optional<Integer> tenantAfter(int tenant) {
        Sql sql = new Sql("select min(tenant_id) from change_log where tenant_id > ").add("?", tenant);
        return queries.list(sql, row -> Optional.ofNullable((Integer) row.getObject(1)))
                .get(0);
    }

    /** Adds a schedule; nothing happens if another node has just done so. */
    void insert(ScheduleEntry entry) {
        Sql sql = new Sql("insert into job_schedule (id, tenant_id, kind, times, next_run, paused) values (")
                .add(
                        "?, ?, ?, ?, ?, ?)",
                        entry.id(),
                        entry.tenant(),
                        entry.kind(),
                        entry.times(),
                        timestamp(entry.nextRun()),
                        entry.paused());
        try {
            queries.execute(sql);
        } catch (DatabaseException e) {
            if (!DatabaseException.isDuplicate(e)) {
                throw e;
            }
        }
    }

    /** Plans the next run anew, unless somebody else has done so. */
    void plan(ScheduleEntry entry, String times, Instant nextRun) {
        queries.execute(new Sql("update job_schedule set")
                .add(" times = ?, next_run = ?", times, timestamp(nextRun))
                .add(" where id = ? and next_run = ?", entry.id(), timestamp(entry.nextRun())));
    }

    /**
     * Begins the run that is due, and plans the next.
     *
     * @return whether it was for the caller to do so
     */
    boolean begin(ScheduleEntry entry, Instant now, Instant nextRun, JobEntry job) {
        return beginning(
                new Sql("update job_schedule set")
                        .add(" next_run = ?, last_run = ?, last_job = ?", timestamp(nextRun), timestamp(now), job.id())
                        .add(" where id = ? and next_run = ?", entry.id(), timestamp(entry.nextRun()))
                        .add(" and paused = ?", false),
                job);
    }

    /**
     * Begins a run out of turn.
     *
     * @return whether it was for the caller to do so
     */
    boolean beginNow(ScheduleEntry entry, Instant now, JobEntry job) {
        Sql sql = new Sql("update job_schedule set")
                .add(" last_run = ?, last_job = ?", timestamp(now), job.id())
                .add(" where id = ? and ", entry.id());
        return beginning(
                entry.lastJob() == null ? sql.add("last_job is null") : sql.add("last_job = ?", entry.lastJob()), job);
    }

    private boolean beginning(Sql update, JobEntry job) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                boolean ours = update.execute(connection) == 1;
                if (ours) {
                    JobTable.insertion(job).execute(connection);
                }
                connection.commit();
                return ours;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            if (DatabaseException.isClash(e)) {
                return false;
            }
            throw new DatabaseException(e);
        }
    }

    void pause(long id, boolean paused) {
        queries.execute(new Sql("update job_schedule set paused = ").add("? where id = ?", paused, id));
    }
}
