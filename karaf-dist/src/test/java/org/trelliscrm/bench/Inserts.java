// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Writes rows in batches, one for each table. */
final class Inserts implements AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Inserts(Connection connection) {
        this.connection = connection;
    }

    void add(Row row) throws SQLException {
        PreparedStatement insert = statements.get(row.table());
        if (insert == null) {
            insert = prepare(row);
            statements.put(row.table(), insert);
        }
        int i = 1;
        for (Object value : row.columns().values()) {
            insert.setObject(i++, value);
        }
        insert.addBatch();
    }

    private PreparedStatement prepare(Row row) throws SQLException {
        return connection.prepareStatement("insert into " + row.table() + " ("
                + String.join(", ", row.columns().keySet()) + ") values ("
                + String.join(", ", Collections.nCopies(row.columns().size(), "?")) + ")");
    }

    /** Sends what has been added. */
    void flush() throws SQLException {
        for (PreparedStatement insert : statements.values()) {
            insert.executeBatch();
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement insert : statements.values()) {
            insert.close();
        }
    }
}
