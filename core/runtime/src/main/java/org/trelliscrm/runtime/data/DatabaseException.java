// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** The database refused or is away. Knows which of the two, whoever reports it. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DatabaseException(SQLException cause) {
        super(cause);
    }

    /** Whether the trouble behind this exception is that the database cannot be reached just now. */
    public static boolean isAway(@Nullable Throwable exception) {
        SQLException sql = sqlException(exception);
        if (sql == null) {
            return false;
        }
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        // 08: connection exceptions; 57P: PostgreSQL is shutting down or starting up; 53300: too many connections.
        return sql instanceof SQLTransientConnectionException
                || sql instanceof SQLNonTransientConnectionException
                || sql instanceof SQLRecoverableException
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.equals("53300")
                // The pool, of a connection that it has found dead while somebody was using it.
                || state.isEmpty() && "Connection is closed".equals(sql.getMessage());
    }

    /** Whether two transactions stood in each other's way, so that trying again helps. */
    public static boolean isClash(@Nullable Throwable exception) {
        SQLException sql = sqlException(exception);
        String state = sql == null || sql.getSQLState() == null ? "" : sql.getSQLState();
        // 40001: serialization failure or deadlock; 40P01: PostgreSQL's deadlock; 40XL1: Derby's lock time-out.
        return state.equals("40001")
                || state.equals("40P01")
                || state.startsWith("40XL")
                || sql instanceof SQLTransientException && !isAway(sql);
    }

    /** Whether a unique index refused the row. */
    public static boolean isDuplicate(@Nullable Throwable exception) {
        SQLException sql = sqlException(exception);
        return sql != null && "23505".equals(sql.getSQLState());
    }

    private static @Nullable SQLException sqlException(@Nullable Throwable exception) {
        for (Throwable t = exception; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
