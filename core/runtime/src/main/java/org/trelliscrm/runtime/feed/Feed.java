// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.feed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.record.Change;
import org.trelliscrm.api.record.ChangeListener;
import org.trelliscrm.runtime.data.DatabaseException;

/**
 * Puts committed changes in order and brings them to the listeners.
 *
 * <p>A change gets its position only after its transaction has committed, from one counter whose row is locked meanwhile:
 * so a transaction that began early and committed late comes late in the feed, and no reader that only remembers a
 * position can pass it over. One node at a time does this; the others wait at the row and then find it done. In the same
 * step each change is tied to the one before it (see {@link AuditChain}).
 */
@Component(service = Feed.class, immediate = true)
public class Feed {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final int BATCH = 500;
    /** How long a change of another node may wait, at most; own changes are told much sooner. */
    private static final long POLL_MILLIS = 1000;
    /** How long own changes are gathered: under load one round for many costs a fraction of a round for each. */
    private static final long GATHER_MILLIS = 25;

    private final DataSource dataSource;
    private final Map<String, ChangeListener> listeners = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "trellis-feed"));
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile boolean ready;

    @Activate
    public Feed(@Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Deactivate
    void stop() {
        ready = false;
        // Not interrupted: Derby closes the connection of an interrupted thread.
        thread.shutdown();
    }

    /** Begins to work: the tables are there. */
    public void start() {
        ready = true;
        thread.scheduleWithFixedDelay(this::pump, 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindListener(ChangeListener listener) {
        listeners.put(listener.name(), listener);
        committed();
    }

    void unbindListener(ChangeListener listener) {
        listeners.remove(listener.name(), listener);
    }

    /** Says that there is something new. */
    public void committed() {
        if (ready && asked.compareAndSet(false, true)) {
            try {
                thread.schedule(this::pump, GATHER_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("stopping; the change will be told at the next start");
            }
        }
    }

    private void pump() {
        asked.set(false);
        try {
            while (ready && order() == BATCH) {
                deliver();
            }
            deliver();
        } catch (SQLException e) {
            if (DatabaseException.isAway(e)) {
                LOG.warn("the change feed waits for the database: {}", e.getMessage());
            } else {
                LOG.error("the change feed stumbled and will try again: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            // The schedule ends with the first exception that leaves; the feed must go on.
            LOG.error("the change feed stumbled and will try again", e);
        }
    }

    /** Gives the next positions to committed changes that have none; returns how many. */
    private int order() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                int count = order(connection);
                connection.commit();
                return count;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static int order(Connection connection) throws SQLException {
        if (!isAnyWaiting(connection)) {
            return 0;
        }
        AuditChain chain = lockCounter(connection);
        // Read only now, under the lock: another node may have been here.
        List<ChainedRow> waiting = waiting(connection);
        try (PreparedStatement update =
                connection.prepareStatement("update change_log set feed_position = ?, hash = ? where id = ?")) {
            for (ChainedRow row : waiting) {
                chain.add(row);
                update.setLong(1, chain.position());
                update.setString(2, chain.hash());
                update.setLong(3, row.id());
                update.addBatch();
            }
            update.executeBatch();
        }
        try (PreparedStatement update =
                connection.prepareStatement("update feed_counter set last_position = ?, last_hash = ?")) {
            update.setLong(1, chain.position());
            update.setString(2, chain.hash());
            update.executeUpdate();
        }
        return waiting.size();
    }

    private static boolean isAnyWaiting(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select id from change_log where feed_position is null order by id fetch first 1 rows only");
                ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    private static List<ChainedRow> waiting(Connection connection) throws SQLException {
        List<ChainedRow> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select " + ChainedRow.COLUMNS
                + " from change_log where feed_position is null order by id fetch first ? rows only")) {
            select.setInt(1, BATCH);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(ChainedRow.of(row));
                }
            }
        }
        return rows;
    }

    /** The end of the chain; nobody else can move it before this transaction ends. */
    private static AuditChain lockCounter(Connection connection) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("update feed_counter set last_position = last_position")) {
            lock.executeUpdate();
        }
        try (PreparedStatement select =
                        connection.prepareStatement("select last_position, last_hash from feed_counter");
                ResultSet row = select.executeQuery()) {
            row.next();
            return new AuditChain(row.getLong(1), row.getString(2));
        }
    }

    private void deliver() throws SQLException {
        for (ChangeListener listener : listeners.values()) {
            while (ready && deliver(listener) == BATCH) {
                // there may be more
            }
        }
    }

    /** Brings the next changes to one listener; returns how many were read. */
    private int deliver(ChangeListener listener) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                long position = lockPosition(connection, listener.name());
                List<Change> changes = ChangeLog.read(connection, position, BATCH);
                if (changes.isEmpty() || !told(listener, changes)) {
                    return 0;
                }
                setPosition(
                        connection,
                        listener.name(),
                        changes.get(changes.size() - 1).position());
                connection.commit();
                return changes.size();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static boolean told(ChangeListener listener, List<Change> changes) {
        List<Change> wanted = listener.types().isEmpty()
                ? changes
                : changes.stream()
                        .filter(change -> listener.types().contains(change.type()))
                        .toList();
        try {
            if (!wanted.isEmpty()) {
                listener.changed(wanted);
            }
            return true;
        } catch (RuntimeException e) {
            // A listener is a module's code: its failure must stop neither the feed nor the other listeners.
            LOG.error(
                    "change listener {} failed and will see the same changes again: {}", listener.name(), e.toString());
            return false;
        }
    }

    private static long lockPosition(Connection connection, String name) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("update change_reader set feed_position = feed_position where name = ?")) {
            lock.setString(1, name);
            if (lock.executeUpdate() == 0) {
                return addReader(connection, name);
            }
        }
        try (PreparedStatement select =
                connection.prepareStatement("select feed_position from change_reader where name = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** A new listener sees the feed from its beginning. */
    private static long addReader(Connection connection, String name) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into change_reader (name, feed_position) values (?, 0)")) {
            insert.setString(1, name);
            insert.executeUpdate();
        }
        return 0;
    }

    private static void setPosition(Connection connection, String name, long position) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update change_reader set feed_position = ? where name = ?")) {
            update.setLong(1, position);
            update.setString(2, name);
            update.executeUpdate();
        }
    }
}
