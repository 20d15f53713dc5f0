// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
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

    private final String module;
    private final EntityManagerFactory factory;
    private final DataSource dataSource;
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
    private volatile boolean closed;

    Unit(UnitDescription description, DataSource dataSource) {
        this.module = description.getPersistenceUnitName();
        this.dataSource = dataSource;
        factory =
                new PersistenceProvider().createContainerEntityManagerFactory(description, description.getProperties());
        try {
            // Deploys the unit now: a mistake in an entity must stop the module, not its first request.
            factory.createEntityManager(Map.of(BaseRecord.TENANT, 0)).close();
        } catch (RuntimeException e) {
            factory.close();
            throw e;
        }
    }

    /**
     * Does some work in one transaction; whatever is thrown undoes it.
     *
     * @throws NotFound if the module has gone meanwhile
     */
    public <R> R inTransaction(int tenant, Function<EntityManager, R> work) {
        enter();
        try {
            EntityManager em = factory.createEntityManager(Map.of(BaseRecord.TENANT, tenant));
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
            use.readLock().unlock();
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

    /** Reads with plain JDBC. */
    public <R> R read(SqlWork<R> work) {
        enter();
        try (Connection connection = dataSource.getConnection()) {
            return work.apply(connection);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        } finally {
            use.readLock().unlock();
        }
    }

    private void enter() {
        use.readLock().lock();
        if (closed) {
            use.readLock().unlock();
            throw new NotFound("module.gone", Map.of("module", module));
        }
    }

    @Override
    public void close() {
        boolean finished = false;
        try {
            finished = use.writeLock().tryLock(SECONDS_TO_FINISH, TimeUnit.SECONDS);
            if (!finished) {
                LOG.warn("module {} goes although some of its work has not ended in {} s", module, SECONDS_TO_FINISH);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
            factory.close();
            if (finished) {
                use.writeLock().unlock();
            }
        }
    }

    /** Work with a connection. */
    @FunctionalInterface
    public interface SqlWork<R> {
        R apply(Connection connection) throws SQLException;
    }
}
