// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.Page;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Sql;

/** Reads one page from one or several statements, and one row more to know whether there is another page. */
final class PageReader {

    private final List<FieldInfo> fields;
    private final SortKeys sort;
    private final int limit;
    private final List<Map<String, Object>> items;
    private List<@Nullable Object> lastValues = List.of();
    private long lastId;
    private boolean more;

    PageReader(List<FieldInfo> fields, SortKeys sort, int limit) {
        this.fields = fields;
        this.sort = sort;
        this.limit = limit;
        items = new ArrayList<>(limit);
    }

    /** Whether no further statement need be asked. */
    boolean isFull() {
        return more;
    }

    void read(Connection connection, Sql sql) throws SQLException {
        sql.add(" fetch first " + (limit + 1 - items.size()) + " rows only");
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                if (items.size() == limit) {
                    more = true;
                    return;
                }
                items.add(RecordReader.record(row, fields));
                if (items.size() == limit) {
                    lastId = row.getLong(1);
                    lastValues = sortValues(row);
                }
            }
        }
    }

    private List<@Nullable Object> sortValues(ResultSet row) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        int column = 3;
        for (FieldInfo field : fields) {
            column += field.columns().size();
        }
        for (FieldInfo field : sort.fields()) {
            values.add(field.readJson(row, column));
            column += field.columns().size();
        }
        return values;
    }

    List<Map<String, Object>> items() {
        return items;
    }

    Page page(@Nullable Long total) {
        return new Page(items, more ? sort.cursor(lastValues, lastId).text() : null, total);
    }
}
