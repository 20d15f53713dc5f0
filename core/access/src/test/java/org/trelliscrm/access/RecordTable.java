// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import liquibase.change.ColumnConfig;
import liquibase.change.ConstraintsConfig;
import liquibase.change.DatabaseChange;
import liquibase.change.core.CreateTableChange;
import liquibase.database.Database;
import liquibase.statement.SqlStatement;

/** The change {@code createRecordTable} as the runtime brings it, without its indexes. */
@DatabaseChange(name = "createRecordTable", description = "Creates the table of a record type", priority = 1)
public final class RecordTable extends CreateTableChange {

    @Override
    public SqlStatement[] generateStatements(Database database) {
        CreateTableChange table = new CreateTableChange();
        table.setTableName(getTableName());
        table.addColumn(column("tenant_id", "int", true));
        ColumnConfig id = column("id", "bigint", true);
        id.getConstraints().setPrimaryKey(true);
        table.addColumn(id);
        table.addColumn(column("version", "int", true));
        getColumns().forEach(table::addColumn);
        table.addColumn(column("created_at", "timestamp", true));
        table.addColumn(column("created_by", "bigint", false));
        table.addColumn(column("updated_at", "timestamp", true));
        table.addColumn(column("updated_by", "bigint", false));
        table.addColumn(column("owner_id", "bigint", false));
        table.addColumn(column("team_id", "bigint", false));
        table.addColumn(column("deleted_at", "timestamp", false));
        return table.generateStatements(database);
    }

    private static ColumnConfig column(String name, String type, boolean mandatory) {
        ConstraintsConfig constraints = new ConstraintsConfig();
        if (mandatory) {
            constraints.setNullable(false);
        }
        return new ColumnConfig().setName(name).setType(type).setConstraints(constraints);
    }
}
