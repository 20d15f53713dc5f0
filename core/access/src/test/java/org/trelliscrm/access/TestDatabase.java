// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.change.ChangeFactory;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.jspecify.annotations.Nullable;

/** The two databases on which every test of signing in runs; each is started once, migrated and emptied for each test. */
enum TestDatabase {
    DERBY {
        @Override
        DataSource start() {
            EmbeddedDataSource derby = new EmbeddedDataSource();
            derby.setDatabaseName("memory:access");
            derby.setCreateDatabase("create");
            return derby;
        }
    },
    POSTGRESQL {
        @Override
        DataSource start() {
            try {
                return EmbeddedPostgres.start().getPostgresDatabase();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private static final List<String> TABLES =
            List.of("access_user", "access_key", "access_session", "access_throttle", "access_signin");

    private static final Logger LIQUIBASE_LOG = Logger.getLogger("liquibase");

    private @Nullable DataSource dataSource;

    abstract DataSource start();

    /** The database, migrated and empty. */
    synchronized DataSource open() {
        try {
            if (dataSource == null) {
                dataSource = pool(start());
                migrate(dataSource);
            }
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                for (String table : TABLES) {
                    statement.execute("delete from " + table);
                }
            }
            return dataSource;
        } catch (SQLException | LiquibaseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DataSource pool(DataSource database) {
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(database);
        return new HikariDataSource(pool);
    }

    private static void migrate(DataSource dataSource) throws SQLException, LiquibaseException {
        LIQUIBASE_LOG.setLevel(Level.WARNING);
        Scope.getCurrentScope().getSingleton(ChangeFactory.class).register(new RecordTable());
        try (Connection connection = dataSource.getConnection()) {
            // Not closed: closing Liquibase would shut Derby down.
            Liquibase liquibase = new Liquibase(
                    "CRM-INF/db/changelog.yaml",
                    new ClassLoaderResourceAccessor(),
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection)));
            liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
            // There, back, and there again.
            liquibase.updateTestingRollback(new Contexts(), new LabelExpression());
        }
    }
}
