// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Queries;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.feed.ChangeLog;
import org.trelliscrm.runtime.feed.ChangeLog.Logged;

/** The change log, asked by record and by change set; asks for nobody's rights. */
@Component(service = LoggedChanges.class)
public class LoggedChanges {

    private final DataSource dataSource;
    private final Queries queries;

    @Activate
    public LoggedChanges(@Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource) {
        this.dataSource = dataSource;
        this.queries = new Queries(dataSource);
    }

    /** The changes of a record before one of them, newest first. */
    List<Logged> ofRecord(int tenant, String type, long record, long before, int limit) {
        return find(ChangeLog.select()
                .add(" where tenant_id = ? and record_id = ? and id < ?", tenant, record, before)
                .add(" and type = ?", type)
                .add(" order by id desc fetch first " + limit + " rows only"));
    }

    /** One change of a record. */
    Optional<Logged> one(int tenant, String type, long record, long id) {
        return find(ChangeLog.select()
                        .add(" where tenant_id = ? and record_id = ? and id = ?", tenant, record, id)
                        .add(" and type = ?", type))
                .stream()
                .findFirst();
    }

    /** The changes of a change set after one of them, oldest first. */
    List<Logged> ofSet(int tenant, long changeSet, long after, int limit) {
        return find(ChangeLog.select()
                .add(" where change_set = ? and id > ? and tenant_id = ?", changeSet, after, tenant)
                .add(" order by id fetch first " + limit + " rows only"));
    }

    /** The changes of some change sets to some records, oldest first. */
    List<Logged> ofRecords(int tenant, Collection<Long> records, Collection<Long> changeSets) {
        return find(ChangeLog.select()
                .add(" where tenant_id = ? and record_id in ", tenant)
                .addAll(records)
                .add(" and change_set in ")
                .addAll(changeSets)
                .add(" order by id"));
    }

    /** A step of a walk back. */
    record Step(long id, long record) {}

    /** The steps of a change set before one of them, last first. */
    List<Step> back(int tenant, long changeSet, long before, int limit) {
        Sql sql = new Sql("select id, record_id from change_log")
                .add(" where change_set = ? and id < ? and tenant_id = ?", changeSet, before, tenant)
                .add(" order by id desc fetch first " + limit + " rows only");
        return queries.list(sql, row -> new Step(row.getLong(1), row.getLong(2)));
    }

    /** How many changes of a type a verb has made. */
    record Count(String type, String verb, long count) {}

    List<Count> counts(int tenant, long changeSet) {
        Sql sql = new Sql("select type, verb, count(*) from change_log")
                .add(" where change_set = ? and tenant_id = ?", changeSet, tenant)
                .add(" group by type, verb order by type, verb");
        return queries.list(sql, row -> new Count(row.getString(1), row.getString(2), row.getLong(3)));
    }

    private List<Logged> find(Sql sql) {
        try (Connection connection = dataSource.getConnection()) {
            return ChangeLog.find(connection, sql);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }
}
