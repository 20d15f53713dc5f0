// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.persistence.EntityManager;
import javax.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.api.record.BaseRecord;

/**
 * The persistence unit of one module. Work in progress is finished before it closes, so that no request is lost when the
 * module goes.
 */
public final class Unit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Unit.class);
    private static final int SECONDS_TO_FINISH = 15;

    private static final int TRIES = 5;

    private final String module;
    private final List<String> tables;
    private final Descriptions descriptions;
    private final DataSource dataSource;
    private final Consumer<Unit> gone;
    private volatile Generation current;
    private volatile boolean closed;

    Unit(String module, List<String> tables, Descriptions descriptions, DataSource dataSource, Consumer<Unit> gone) {
        this.module = module;
        this.tables = tables;
        this.descriptions = descriptions;
        this.dataSource = dataSource;
        this.gone = gone;
        current = new Generation(module, slots(), 1, descriptions);
    }

    /** Describes the unit anew, for its n-th generation. */
    interface Descriptions {
        UnitDescription of(Map<String, List<String>> slots, int number);
    }

    private Map<String, List<String>> slots() {
        try (Connection connection = dataSource.getConnection()) {
            return SlotTable.read(connection, tables);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** Takes in columns that have been added; what is running ends as it began. */
    synchronized void refresh() {
        Generation before = current;
        Map<String, List<String>> slots = slots();
        if (closed || slots.equals(before.slots)) {
            return;
        }
        current = new Generation(module, slots, before.number + 1, descriptions);
        before.retire();
    }

    /**
     * Does some work in one transaction; whatever is thrown undoes it.
     *
     * @throws NotFound if the module has gone meanwhile
     */
    public <R> R inTransaction(int tenant, Function<EntityManager, R> work) {
        Generation generation = enter();
        try {
            EntityManager em = generation.factory.createEntityManager(Map.of(BaseRecord.TENANT, tenant));
            try {
                em.getTransaction().begin();
                R result = work.apply(em);
                em.getTransaction().commit();
                return result;
            } catch (RuntimeException | Error e) {
                rollBack(em, e);
                throw e;
            } finally {
                em.close();
            }
        } finally {
            generation.leave();
        }
    }

    /** Undoes; if that fails too, because the database has gone, the first failure is the one to tell. */
    private static void rollBack(EntityManager em, Throwable reason) {
        try {
            if (em.getTransaction().isActive()) {
                em.getTransaction().rollback();
            }
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    /** Reads with plain JDBC; again, if it stood in the way of somebody who changes the table. */
    public <R> R read(SqlWork<R> work) {
        Generation generation = enter();
        try {
            for (int attempt = 1; ; attempt++) {
                try (Connection connection = dataSource.getConnection()) {
                    return work.apply(connection);
                } catch (SQLException e) {
                    if (attempt == TRIES || !DatabaseException.isClash(e)) {
                        throw new DatabaseException(e);
                    }
                }
            }
        } finally {
            generation.leave();
        }
    }

    private Generation enter() {
        while (!closed) {
            Generation generation = current;
            if (generation.enter()) {
                return generation;
            }
        }
        throw new NotFound("module.gone", Map.of("module", module));
    }

    @Override
    public synchronized void close() {
        closed = true;
        gone.accept(this);
        current.close();
    }

    /** The unit as it is between two changes of its tables. */
    private static final class Generation {

        private final String module;
        private final Map<String, List<String>> slots;
        private final int number;
        private final EntityManagerFactory factory;
        private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
        private volatile boolean over;

        Generation(String module, Map<String, List<String>> slots, int number, Descriptions descriptions) {
            this.module = module;
            this.slots = slots;
            this.number = number;
            UnitDescription description = descriptions.of(slots, number);
            factory = new PersistenceProvider()
                    .createContainerEntityManagerFactory(description, description.getProperties());
            try {
                // Deploys the unit now: a mistake in an entity must stop the module, not its first request.
                factory.createEntityManager(Map.of(BaseRecord.TENANT, 0)).close();
            } catch (RuntimeException e) {
                factory.close();
                throw e;
            }
        }

        /** Begins some work, unless there is a newer generation. */
        boolean enter() {
            use.readLock().lock();
            if (over) {
                use.readLock().unlock();
                return false;
            }
            return true;
        }

        void leave() {
            use.readLock().unlock();
            if (over) {
                closeIfEmpty();
            }
        }

        /** Nothing begins in it any more; whoever is the last to leave closes it. */
        void retire() {
            over = true;
            closeIfEmpty();
        }

        private void closeIfEmpty() {
            if (use.writeLock().tryLock()) {
                try {
                    // A second time it does nothing.
                    if (factory.isOpen()) {
                        factory.close();
                    }
                } finally {
                    use.writeLock().unlock();
                }
            }
        }

        /** Waits for those who are in it, but not for ever. */
        void close() {
            boolean finished = false;
            try {
                finished = use.writeLock().tryLock(SECONDS_TO_FINISH, TimeUnit.SECONDS);
                if (!finished) {
                    LOG.warn(
                            "a unit of {} closes although some of its work has not ended in {} s",
                            module,
                            SECONDS_TO_FINISH);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                over = true;
                if (factory.isOpen()) {
                    factory.close();
                }
                if (finished) {
                    use.writeLock().unlock();
                }
            }
        }
    }

    /** Work with a connection. */
    @FunctionalInterface
    public interface SqlWork<R> {
        R apply(Connection connection) throws SQLException;
    }
}
