// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.feed;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.runtime.data.Json;

/** One row of the change log exactly as the database keeps it: what the audit chain is made over. */
record ChainedRow(
        long id,
        int tenant,
        String type,
        long record,
        String verb,
        @Nullable Long actor,
        LocalDateTime at,
        @Nullable Long changeSet,
        String fields) {

    /** The columns that {@link #of} reads, in this order. */
    static final String COLUMNS = "id, tenant_id, type, record_id, verb, actor, changed_at, change_set, fields";

    static ChainedRow of(ResultSet row) throws SQLException {
        return new ChainedRow(
                row.getLong(1),
                row.getInt(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                (Long) row.getObject(6),
                row.getTimestamp(7).toLocalDateTime(),
                (Long) row.getObject(8),
                row.getString(9));
    }

    /** The row at a place in the feed, as bytes that no other row at no other place has. */
    byte[] canonical(long position) {
        return Json.bytes(
                Arrays.asList(position, id, tenant, type, record, verb, actor, at.toString(), changeSet, fields));
    }
}
