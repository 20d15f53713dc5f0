// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** The database of an installation without the server: to fill it, and to know what it could do by itself. */
final class RawDatabase implements AutoCloseable {

    /** What Derby says when it has shut down as it was told. */
    private static final String SHUT_DOWN = "08006";

    private final String url;

    RawDatabase(String url) {
        this.url = url;
    }

    Connection connect() throws SQLException {
        // Many rows of a batch in one statement, as far as the driver can.
        return DriverManager.getConnection(isDerby() ? url : url + "&reWriteBatchedInserts=true");
    }

    private boolean isDerby() {
        return url.startsWith("jdbc:derby:");
    }

    /** What time would do on a database that has grown by itself. */
    void refreshStatistics() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            if (isDerby()) {
                for (String table : new String[] {
                    Rows.CONTACTS, Rows.ACTIVITIES, Rows.DEALS, Rows.STAGE_CHANGES, Rows.VALUES, Rows.TIMELINE
                }) {
                    statement.execute("call SYSCS_UTIL.SYSCS_UPDATE_STATISTICS(current schema, '"
                            + table.toUpperCase(Locale.ROOT) + "', null)");
                }
            } else {
                statement.execute("vacuum analyze");
            }
        }
    }

    /** Its name and version. */
    String version() throws SQLException {
        try (Connection connection = connect()) {
            DatabaseMetaData about = connection.getMetaData();
            return about.getDatabaseProductName() + " " + about.getDatabaseProductVersion();
        }
    }

    /** Lets go of the files, so that the server can have them. */
    @Override
    public void close() throws SQLException {
        if (!isDerby()) {
            return;
        }
        try {
            DriverManager.getConnection(url + ";shutdown=true").close();
        } catch (SQLException e) {
            if (!SHUT_DOWN.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
