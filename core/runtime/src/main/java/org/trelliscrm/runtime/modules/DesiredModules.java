// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.modules;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Sql;

/** Which modules the administrators want, kept in the database for all nodes. */
@Component(service = DesiredModules.class)
public class DesiredModules {

    private final DataSource dataSource;
    private final Clock clock;

    @Activate
    public DesiredModules(
            @Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource, @Reference Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    void installed(String id, String version) {
        write(id, version, "installed");
    }

    void removed(String id) {
        write(id, "", "removed");
    }

    private void write(String id, String version, String state) {
        Timestamp now = Timestamp.valueOf(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
        try (Connection connection = dataSource.getConnection()) {
            int known = new Sql("update module_state set version = ?, desired = ?, changed_at = ? where id = ?")
                    .add("", version, state, now, id)
                    .execute(connection);
            if (known == 0) {
                new Sql("insert into module_state (version, desired, changed_at, id) values (?, ?, ?, ?)")
                        .add("", version, state, now, id)
                        .execute(connection);
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** The ids of the modules that shall be installed. */
    List<String> wanted() {
        List<String> ids = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select id from module_state where desired = 'installed' order by id");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ids.add(row.getString(1));
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
        return ids;
    }
}
