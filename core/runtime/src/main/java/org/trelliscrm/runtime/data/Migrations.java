// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.change.ChangeFactory;
import liquibase.changelog.ChangeSet;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.ui.LoggerUIService;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a module's tables to the state that its changelog describes: recorded with checksums, under a lock that other
 * nodes respect, in tables of the module's own. What has run once and is unchanged is not even looked at again.
 */
@Component(service = Migrations.class)
public class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final String CHANGELOG = "CRM-INF/db/changelog.yaml";

    private final DataSource dataSource;
    private final SchemaState state;

    @Activate
    public Migrations(@Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource) {
        this.dataSource = dataSource;
        this.state = new SchemaState(dataSource);
    }

    /**
     * Migrates the tables of one module, if there is anything to do.
     *
     * @throws DatabaseException if the database is away
     * @throws IllegalStateException if the changelog is wrong
     */
    public void migrate(String module, Bundle bundle) {
        BundleResources resources = new BundleResources(bundle);
        if (!resources.contains(CHANGELOG)) {
            return;
        }
        String checksum = resources.checksum("CRM-INF/db");
        if (checksum.equals(state.checksum(module))) {
            return;
        }
        long start = System.nanoTime();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        // Liquibase finds its own parts through the thread's class loader.
        Thread.currentThread().setContextClassLoader(Liquibase.class.getClassLoader());
        try (Connection connection = dataSource.getConnection()) {
            update(module, resources, connection);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        } catch (LiquibaseException e) {
            if (DatabaseException.isAway(e)) {
                throw new DatabaseException(new SQLException(e.getMessage(), "08000", e));
            }
            throw new IllegalStateException("migration of " + module + " failed: " + e.getMessage(), e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        state.record(module, bundle.getVersion().toString(), checksum);
        LOG.info("migrated {} in {} ms", module, (System.nanoTime() - start) / 1_000_000);
    }

    private static void update(String module, BundleResources resources, Connection connection)
            throws LiquibaseException {
        ChangeFactory changes = Scope.getCurrentScope().getSingleton(ChangeFactory.class);
        changes.register(new CreateRecordTable());
        Database database =
                DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
        // No underscore: Derby does not find such a table again at the second start.
        String prefix = module.replace("-", "").toUpperCase(Locale.ROOT);
        database.setDatabaseChangeLogTableName(prefix + "CHANGELOG");
        database.setDatabaseChangeLogLockTableName(prefix + "CHANGELOGLOCK");
        Liquibase liquibase = new Liquibase(CHANGELOG, resources, database);
        for (ChangeSet changeSet : liquibase.getDatabaseChangeLog().getChangeSets()) {
            if (!changeSet.supportsRollback(database)) {
                throw new IllegalStateException(
                        "change set " + changeSet.getId() + " of " + module + " has no way back; give it a rollback");
            }
        }
        update(liquibase);
    }

    /** Liquibase talks to the console by itself; here it talks to the log. */
    private static void update(Liquibase liquibase) throws LiquibaseException {
        try {
            Scope.child(
                    Scope.Attr.ui,
                    new LoggerUIService(),
                    () -> liquibase.update(new Contexts(), new LabelExpression()));
        } catch (LiquibaseException e) {
            throw e;
        } catch (Exception e) {
            throw new LiquibaseException(e);
        }
    }
}
