// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Remembers which changelog each module's tables stand at, so that a start with nothing to migrate need not wake
 * Liquibase, which costs seconds. The one table that no changelog makes.
 */
final class SchemaState {

    private final DataSource dataSource;

    SchemaState(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The checksum of the changelog that was applied last; empty if none was. */
    String checksum(String module) {
        try (Connection connection = dataSource.getConnection()) {
            if (!exists(connection)) {
                return "";
            }
            try (PreparedStatement select =
                    connection.prepareStatement("select checksum from schema_state where module_id = ?")) {
                select.setString(1, module);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? row.getString(1) : "";
                }
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** Notes that the changelog has been applied. */
    void record(String module, String version, String checksum) {
        try (Connection connection = dataSource.getConnection()) {
            if (!exists(connection)) {
                create(connection);
            }
            if (write(
                            connection,
                            "update schema_state set version = ?, checksum = ? where module_id = ?",
                            version,
                            checksum,
                            module)
                    == 0) {
                write(
                        connection,
                        "insert into schema_state (version, checksum, module_id) values (?, ?, ?)",
                        version,
                        checksum,
                        module);
            }
        } catch (SQLException e) {
            // Another node noting the same at the same moment has done the work.
            if (!DatabaseException.isDuplicate(e)) {
                throw new DatabaseException(e);
            }
        }
    }

    private static boolean exists(Connection connection) throws SQLException {
        String name = connection.getMetaData().storesUpperCaseIdentifiers() ? "SCHEMA_STATE" : "schema_state";
        try (ResultSet table = connection.getMetaData().getTables(null, connection.getSchema(), name, null)) {
            return table.next();
        }
    }

    private static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table schema_state (module_id varchar(60) not null primary key,"
                    + " version varchar(60) not null, checksum varchar(64) not null)");
        } catch (SQLException e) {
            // Another node was quicker, or there is real trouble.
            if (!exists(connection)) {
                throw e;
            }
        }
    }

    private static int write(Connection connection, String sql, String version, String checksum, String module)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, version);
            statement.setString(2, checksum);
            statement.setString(3, module);
            return statement.executeUpdate();
        }
    }
}
