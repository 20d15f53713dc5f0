// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.Statement;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.jspecify.annotations.Nullable;

/** The two databases on which every test of the queue runs; each is started once, with the tables empty. */
enum TestDatabase {
    DERBY {
        @Override
        DataSource start() {
            EmbeddedDataSource derby = new EmbeddedDataSource();
            derby.setDatabaseName("memory:jobs");
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

    private @Nullable DataSource dataSource;

    abstract DataSource start();

    /** The database, migrated and empty. */
    synchronized DataSource open() throws Exception {
        if (dataSource == null) {
            dataSource = start();
            try (Connection connection = dataSource.getConnection();
                    Liquibase liquibase = new Liquibase(
                            "CRM-INF/db/jobs.yaml",
                            new ClassLoaderResourceAccessor(),
                            DatabaseFactory.getInstance()
                                    .findCorrectDatabaseImplementation(new JdbcConnection(connection)))) {
                liquibase.update(new Contexts());
            }
        }
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from job");
            statement.execute("delete from job_schedule");
        }
        return dataSource;
    }
}
