// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.trelliscrm.bench.Dataset.Kind;

/** Writes the whole data set straight into the tables, while the server is stopped. */
final class Filler {

    private static final int BATCH = 1000;
    private static final int BATCHES_PER_COMMIT = 10;

    private final RawDatabase database;
    private final PrintStream progress;

    Filler(RawDatabase database, PrintStream progress) {
        this.database = database;
        this.progress = progress;
    }

    void fill(Dataset data) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            for (Kind kind : List.of(Kind.CONTACT, Kind.ACTIVITY, Kind.DEAL)) {
                fill(connection, data, kind);
            }
            connection.commit();
        }
        database.refreshStatistics();
    }

    private void fill(Connection connection, Dataset data, Kind kind) throws SQLException {
        int size = data.size(kind);
        try (Inserts inserts = new Inserts(connection)) {
            for (int number = 0; number < size; number++) {
                for (Row row : Rows.of(data, kind, number)) {
                    inserts.add(row);
                }
                if ((number + 1) % BATCH == 0) {
                    inserts.flush();
                }
                if ((number + 1) % (BATCH * BATCHES_PER_COMMIT) == 0) {
                    connection.commit();
                }
            }
            inserts.flush();
        }
        connection.commit();
        progress.println("filled: " + kind.name().toLowerCase(Locale.ROOT) + " " + size);
    }
}
