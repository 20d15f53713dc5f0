// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.util.ArrayList;
import java.util.List;
import liquibase.change.AddColumnConfig;
import liquibase.change.ColumnConfig;
import liquibase.change.ConstraintsConfig;
import liquibase.change.DatabaseChange;
import liquibase.change.core.CreateIndexChange;
import liquibase.change.core.CreateTableChange;
import liquibase.database.Database;
import liquibase.statement.SqlStatement;

/**
 * The Liquibase change {@code createRecordTable}: {@code createTable} with the columns that every record has and the
 * indexes that every list needs, so that modules do not repeat them.
 */
@DatabaseChange(name = "createRecordTable", description = "Creates the table of a record type", priority = 1)
public final class CreateRecordTable extends CreateTableChange {

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
        List<SqlStatement> statements = new ArrayList<>(List.of(table.generateStatements(database)));
        statements.addAll(List.of(index("tenant", "id").generateStatements(database)));
        statements.addAll(List.of(index("owner", "owner_id", "id").generateStatements(database)));
        statements.addAll(List.of(index("team", "team_id", "id").generateStatements(database)));
        return statements.toArray(SqlStatement[]::new);
    }

    private static ColumnConfig column(String name, String type, boolean notNull) {
        ColumnConfig column = new ColumnConfig().setName(name).setType(type);
        ConstraintsConfig constraints = new ConstraintsConfig();
        if (notNull) {
            constraints.setNullable(false);
        }
        return column.setConstraints(constraints);
    }

    private CreateIndexChange index(String suffix, String... columns) {
        CreateIndexChange index = new CreateIndexChange();
        index.setTableName(getTableName());
        index.setIndexName(getTableName() + "_ix_" + suffix);
        index.addColumn(indexColumn("tenant_id"));
        for (String column : columns) {
            index.addColumn(indexColumn(column));
        }
        return index;
    }

    private static AddColumnConfig indexColumn(String name) {
        AddColumnConfig column = new AddColumnConfig();
        column.setName(name);
        return column;
    }
}
