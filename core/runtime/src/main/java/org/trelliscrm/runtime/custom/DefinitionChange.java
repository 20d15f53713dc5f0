// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.custom;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.runtime.data.DatabaseException;

/**
 * One change of definitions, one after the other in the whole cluster. It may add a column, for which the database wants the
 * table to itself for a moment: it waits for that moment only shortly, since others queue up behind it, and then tries again.
 */
final class DefinitionChange {

    private static final int TRIES = 60;

    private final DataSource dataSource;

    DefinitionChange(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Work in the transaction, with all definitions as they are. */
    @FunctionalInterface
    interface Work {
        Definition apply(Connection connection, List<Definition> all) throws SQLException;
    }

    Definition run(Work work) {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = dataSource.getConnection()) {
                return inTransaction(connection, work);
            } catch (SQLException e) {
                if (!DatabaseException.isClash(e) && !isLocked(e)) {
                    throw new DatabaseException(e);
                }
                if (attempt == TRIES) {
                    throw new Conflict("record.busy", Map.of());
                }
            }
        }
    }

    /** 55P03: PostgreSQL's lock_not_available. */
    private static boolean isLocked(SQLException e) {
        return "55P03".equals(e.getSQLState());
    }

    private static Definition inTransaction(Connection connection, Work work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            DefinitionTable.lock(connection);
            if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
                try (Statement limit = connection.createStatement()) {
                    limit.execute("set local lock_timeout = '300ms'");
                }
            }
            Definition result = work.apply(connection, DefinitionTable.all(connection));
            connection.commit();
            return result;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
