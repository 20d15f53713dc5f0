// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.feed.ChangeSets;
import org.trelliscrm.runtime.history.ChangeSetEntry.State;

/** The table {@code change_set}. Who may undo when two want to is decided by conditional updates. */
@Component(service = {ChangeSets.class, ChangeSetTable.class})
public class ChangeSetTable implements ChangeSets {

    private static final String SELECT = "select id, tenant_id, kind, state, details_json, actor, job_id, begun_at,"
            + " ended_at, undoes, attempt, attempted_at, undone_by from change_set";

    private final DataSource dataSource;
    private final Clock clock;

    @Activate
    public ChangeSetTable(
            @Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource, @Reference Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    @Override
    public void open(Caller caller, long id, String kind, Map<String, Object> details, @Nullable Long job) {
        inTransaction(connection -> {
            if (find(connection, new Sql(SELECT).add(" where id = ?", id)).isEmpty()) {
                insert(connection, caller, id, kind, details, job, null);
            } else {
                new Sql("update change_set set state = 'running', ended_at = null where state = 'done'")
                        .add(" and id = ?", id)
                        .execute(connection);
            }
            return true;
        });
    }

    @Override
    public void close(long id) {
        execute(new Sql("update change_set set state = 'done'")
                .add(", ended_at = ? where id = ? and state = 'running'", now(), id));
    }

    private void insert(
            Connection connection,
            Caller caller,
            long id,
            String kind,
            Map<String, Object> details,
            @Nullable Long job,
            @Nullable Long undoes)
            throws SQLException {
        Sql sql = new Sql("insert into change_set (id, tenant_id, kind, state, details_json, begun_at, attempt");
        optional(sql, "actor", caller.user());
        optional(sql, "job_id", job);
        optional(sql, "undoes", undoes);
        sql.add(") values (")
                .add("?, ?, ?, ?, ?, ?, 0", id, caller.tenant(), kind, "running", Json.write(details), now());
        for (@Nullable Long value : java.util.Arrays.asList(caller.user(), job, undoes)) {
            if (value != null) {
                sql.add(", ?", value);
            }
        }
        sql.add(")").execute(connection);
    }

    private static void optional(Sql sql, String column, @Nullable Long value) {
        if (value != null) {
            sql.add(", " + column);
        }
    }

    Optional<ChangeSetEntry> find(int tenant, long id) {
        return query(new Sql(SELECT).add(" where tenant_id = ? and id = ?", tenant, id)).stream()
                .findFirst();
    }

    /** The newest change sets, as far as they fit. */
    List<ChangeSetEntry> newest(
            int tenant, @Nullable String kind, @Nullable Long actor, @Nullable Long after, int limit) {
        Sql sql = new Sql(SELECT).add(" where tenant_id = ?", tenant);
        if (kind != null) {
            sql.add(" and kind = ?", kind);
        }
        if (actor != null) {
            sql.add(" and actor = ?", actor);
        }
        if (after != null) {
            sql.add(" and id < ?", after);
        }
        return query(sql.add(" order by id desc fetch first " + limit + " rows only"));
    }

    /** The undos of a change set whose effect stands. */
    List<Long> standingUndos(long id) {
        Sql sql = new Sql(SELECT).add(" where undoes = ? and state = 'done'", id);
        return query(sql).stream().map(ChangeSetEntry::id).toList();
    }

    /**
     * Begins an undo.
     *
     * @return whether it has begun; not if somebody else was quicker
     */
    boolean beginUndo(Caller caller, ChangeSetEntry target, long undo) {
        return inTransaction(connection -> {
            // The row that both want decides: who comes second waits for the first and then finds another state.
            int taken = new Sql("update change_set set state = 'undoing'")
                    .add(", undone_by = ? where id = ?", undo, target.id())
                    .add(" and state = ?", target.state().text())
                    .execute(connection);
            if (taken == 0) {
                return false;
            }
            insert(connection, caller, undo, ChangeSetEntry.UNDO, Map.of(), null, target.id());
            return true;
        });
    }

    /**
     * Sets an undo going, for the first time or again after it was cut short.
     *
     * @return whether this call has; not if somebody else was quicker
     */
    boolean attempt(long undo, int attempt) {
        return execute(new Sql("update change_set set job_id = null")
                        .add(", attempt = ?, attempted_at = ?", attempt, now())
                        .add(" where id = ? and attempt = ? and state = 'running'", undo, attempt - 1))
                == 1;
    }

    /** Notes which job does an attempt. */
    void setJob(long undo, int attempt, long job) {
        execute(new Sql("update change_set set").add(" job_id = ? where id = ? and attempt = ?", job, undo, attempt));
    }

    /** Notes how an undo ended, on itself, on what it has undone, and, if that was an undo itself, on what that had undone. */
    void endUndo(ChangeSetEntry undo, ChangeSetEntry target, boolean complete) {
        inTransaction(connection -> {
            new Sql("update change_set set state = 'done'")
                    .add(", ended_at = ? where id = ? and state = 'running'", now(), undo.id())
                    .execute(connection);
            new Sql("update change_set set")
                    .add(" state = ? where id = ?", (complete ? State.UNDONE : State.PARTLY_UNDONE).text(), target.id())
                    .add(" and state = 'undoing'")
                    .execute(connection);
            if (target.undoes() != null) {
                boolean otherStands = !find(
                                connection,
                                new Sql(SELECT)
                                        .add(
                                                " where undoes = ? and state in ('done', 'partly-undone')",
                                                target.undoes()))
                        .isEmpty();
                new Sql("update change_set set")
                        .add(
                                " state = ? where id = ?",
                                (otherStands ? State.PARTLY_UNDONE : State.DONE).text(),
                                target.undoes())
                        .add(" and state in ('undone', 'partly-undone')")
                        .execute(connection);
            }
            return true;
        });
    }

    /** Work in one transaction. */
    private interface Work<R> {
        R apply(Connection connection) throws SQLException;
    }

    private <R> R inTransaction(Work<R> work) {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    R result = work.apply(connection);
                    connection.commit();
                    return result;
                } finally {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            } catch (SQLException e) {
                if (!DatabaseException.isClash(e) || attempt == 3) {
                    throw new DatabaseException(e);
                }
            }
        }
    }

    private int execute(Sql sql) {
        return inTransaction(sql::execute);
    }

    private List<ChangeSetEntry> query(Sql sql) {
        try (Connection connection = dataSource.getConnection()) {
            return find(connection, sql);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static List<ChangeSetEntry> find(Connection connection, Sql sql) throws SQLException {
        List<ChangeSetEntry> entries = new ArrayList<>();
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                entries.add(entry(row));
            }
        }
        return entries;
    }

    private static ChangeSetEntry entry(ResultSet row) throws SQLException {
        return new ChangeSetEntry(
                row.getLong(1),
                row.getInt(2),
                row.getString(3),
                State.of(row.getString(4)),
                Json.readObject(row.getString(5)),
                (Long) row.getObject(6),
                (Long) row.getObject(7),
                instant(row.getTimestamp(8)),
                instantOrNull(row.getTimestamp(9)),
                (Long) row.getObject(10),
                row.getInt(11),
                instantOrNull(row.getTimestamp(12)),
                (Long) row.getObject(13));
    }

    private Timestamp now() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return Timestamp.valueOf(LocalDateTime.ofInstant(now, ZoneOffset.UTC));
    }

    private static Instant instant(Timestamp timestamp) {
        return timestamp.toLocalDateTime().toInstant(ZoneOffset.UTC);
    }

    private static @Nullable Instant instantOrNull(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : instant(timestamp);
    }
}
