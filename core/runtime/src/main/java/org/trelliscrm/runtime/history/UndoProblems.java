// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.data.Sql;

/** The table {@code undo_problem}: what undos could not put back. */
@Component(service = UndoProblems.class)
public class UndoProblems {

    private final DataSource dataSource;
    private final Ids ids;

    @Activate
    public UndoProblems(@Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource, @Reference Ids ids) {
        this.dataSource = dataSource;
        this.ids = ids;
    }

    /** A row. */
    record Row(long id, UndoProblem problem) {}

    /** Forgets those of an earlier attempt at the same undo. */
    void clear(long undo) {
        try (Connection connection = dataSource.getConnection()) {
            new Sql("delete from undo_problem where change_set = ")
                    .add("?", undo)
                    .execute(connection);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    void add(int tenant, long undo, List<UndoProblem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into undo_problem (id, tenant_id,"
                        + " change_set, type, record_id, kind, details_json) values (?, ?, ?, ?, ?, ?, ?)")) {
            for (UndoProblem problem : problems) {
                insert.setLong(1, ids.next());
                insert.setInt(2, tenant);
                insert.setLong(3, undo);
                insert.setString(4, problem.type());
                insert.setLong(5, problem.record());
                insert.setString(6, problem.kind().text());
                insert.setString(7, Json.write(problem.details()));
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    List<Row> of(int tenant, long undo, long after, int limit) {
        Sql sql = new Sql("select id, type, record_id, kind, details_json from undo_problem")
                .add(" where change_set = ? and id > ? and tenant_id = ?", undo, after, tenant)
                .add(" order by id fetch first " + limit + " rows only");
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            List<Row> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(new Row(
                        row.getLong(1),
                        new UndoProblem(
                                row.getString(2),
                                row.getLong(3),
                                UndoProblem.Kind.of(row.getString(4)),
                                Json.readObject(row.getString(5)))));
            }
            return rows;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }
}
