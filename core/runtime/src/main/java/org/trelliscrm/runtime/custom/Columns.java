// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.custom;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.runtime.data.CustomField;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.SlotKind;
import org.trelliscrm.runtime.data.SlotTable;

/** Gives columns to fields: one that the tenant does not use yet, a new one only if there is none. */
final class Columns {

    private static final Logger LOG = LoggerFactory.getLogger(Columns.class);
    private static final int TRIES = 5;

    private Columns() {}

    /**
     * The field in columns of its own.
     *
     * @param others the tenant's fields of the same type, whatever their state
     */
    static CustomField place(Connection connection, CustomField field, String table, Collection<Definition> others)
            throws SQLException {
        Set<String> taken =
                others.stream().flatMap(other -> other.field().slots().stream()).collect(Collectors.toSet());
        List<String> there = Objects.requireNonNull(
                SlotTable.read(connection, List.of(table)).get(table));
        List<String> slots = new ArrayList<>();
        for (SlotKind kind : field.slotKinds()) {
            int number = 1;
            while (taken.contains(kind.column(number))) {
                number++;
            }
            String slot = kind.column(number);
            if (!there.contains(slot)) {
                SlotTable.add(connection, table, slot, kind);
            }
            slots.add(slot);
        }
        return field.in(slots);
    }

    /** Makes the indexes that are missing; what does not succeed is tried again at the next change or start. */
    static void index(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            for (var slot : SlotTable.withoutIndex(connection)) {
                index(connection, slot.getKey(), slot.getValue());
            }
        } catch (SQLException e) {
            LOG.warn("an index for custom fields is still missing: {}", e.getMessage());
        }
    }

    private static void index(Connection connection, String table, String slot) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                SlotTable.index(connection, table, slot);
                return;
            } catch (SQLException e) {
                if (attempt == TRIES || !DatabaseException.isClash(e)) {
                    throw e;
                }
            }
        }
    }
}
