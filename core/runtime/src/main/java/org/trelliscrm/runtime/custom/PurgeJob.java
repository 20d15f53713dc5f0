// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.custom;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.job.Job;
import org.trelliscrm.api.job.JobContext;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.records.TypeRegistry;

/** Empties the columns of a field that is removed for good, in chunks; cut short, it goes on when it is asked for again. */
@Component(service = Job.class)
public class PurgeJob implements Job {

    static final String KIND = "custom-field-purge";

    private static final int CHUNK = 500;
    private static final int TRIES = 5;

    private final DataSource dataSource;
    private final TypeRegistry types;
    private final CustomFields fields;

    @Activate
    public PurgeJob(
            @Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource,
            @Reference TypeRegistry types,
            @Reference CustomFields fields) {
        this.dataSource = dataSource;
        this.types = types;
        this.fields = fields;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Map<String, Object> run(JobContext context) {
        long id = Ids.fromText((String) Objects.requireNonNull(context.input().get("field")))
                .orElseThrow();
        Definition field = fields.purged(context.caller().tenant(), id).orElse(null);
        if (field == null) {
            // Another run of the same has come to the end already.
            return Map.of("rows", 0);
        }
        String table = types.require(field.type()).info().table();
        long rows = 0;
        for (int more = CHUNK; more == CHUNK && !context.isCancelled(); ) {
            more = clear(field, table);
            rows += more;
            context.progress(rows, 0);
        }
        if (!context.isCancelled()) {
            fields.forget(field);
        }
        return Map.of("rows", rows);
    }

    private int clear(Definition field, String table) {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = dataSource.getConnection()) {
                return clear(connection, field, table);
            } catch (SQLException e) {
                if (attempt == TRIES || !DatabaseException.isClash(e)) {
                    throw new DatabaseException(e);
                }
            }
        }
    }

    /** Empties some rows; returns how many. Each statement commits by itself: done twice, it does no harm. */
    private static int clear(Connection connection, Definition field, String table) throws SQLException {
        List<String> slots = field.field().slots();
        List<Long> ids = new ArrayList<>();
        Sql select = new Sql("select id from " + table)
                .add(" where tenant_id = ? and " + slots.get(0) + " is not null", field.tenant())
                .add(" fetch first " + CHUNK + " rows only");
        try (PreparedStatement statement = select.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                ids.add(row.getLong(1));
            }
        }
        if (ids.isEmpty()) {
            return 0;
        }
        new Sql("delete from record_value")
                .add(
                        " where tenant_id = ? and type = ? and field = ? and record_id in ",
                        field.tenant(),
                        field.type(),
                        slots.get(0))
                .addAll(ids)
                .execute(connection);
        new Sql("update " + table + " set " + String.join(" = null, ", slots) + " = null")
                .add(" where tenant_id = ? and id in ", field.tenant())
                .addAll(ids)
                .execute(connection);
        return ids.size();
    }
}
