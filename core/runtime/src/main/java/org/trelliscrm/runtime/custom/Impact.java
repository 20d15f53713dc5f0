// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.custom;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.trelliscrm.runtime.data.CustomField;
import org.trelliscrm.runtime.data.Sql;

/** Counts the records that a change of a field concerns, so that people know before they decide. */
final class Impact {

    private final Connection connection;
    private final String table;
    private final int tenant;

    Impact(Connection connection, String table, int tenant) {
        this.connection = connection;
        this.table = table;
        this.tenant = tenant;
    }

    /** How many records there are. */
    long rows() throws SQLException {
        return count(new Sql(""));
    }

    /** How many records have a value in the field, those in the trash too. */
    long rowsWithValue(CustomField field) throws SQLException {
        return count(new Sql(" and " + field.slots().get(0) + " is not null"));
    }

    /** How many records outside the trash do not keep the rules of the field; they stay as they are until somebody edits it. */
    long rowsBreaking(CustomField field) throws SQLException {
        String slot = field.slots().get(0);
        Sql rules = new Sql(" and deleted_at is null and (1 = 0");
        if (field.required()) {
            rules.add(" or " + slot + " is null");
        }
        if (field.min() != null) {
            rules.add(" or " + slot + " < ?", field.min());
        }
        if (field.max() != null) {
            rules.add(" or " + slot + " > ?", field.max());
        }
        if (field.maxLength() > 0) {
            rules.add(" or length(" + slot + ") > ?", field.maxLength());
        }
        return count(rules.add(")"));
    }

    private long count(Sql condition) throws SQLException {
        Sql sql = new Sql("select count(*) from " + table)
                .add(" where tenant_id = ?", tenant)
                .add(condition);
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
