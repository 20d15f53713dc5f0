// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.trelliscrm.bench.Dataset.Kind;

/**
 * The operations as the statements that the engine sends for them, without everything around: no HTTP, no JSON, no keys, no
 * rules. What the database can do this way, the server cannot exceed.
 */
final class Statements {

    private static final String LIST =
            "select t.id, t.version, t.kind, t.name, t.prefix, t.given_name, t.middle_name, t.family_name, t.suffix,"
                    + " t.nickname, t.email, t.phone, t.organization, t.job_title, t.birthday, t.language, t.time_zone,"
                    + " t.source, t.lifecycle, t.notes, t.created_at, t.created_by, t.updated_at, t.updated_by, t.owner_id,"
                    + " t.team_id, t.deleted_at from contacts_contact t where t.tenant_id = ?";
    private static final String ONE = "select t.* from contacts_contact t where t.tenant_id = ?";
    private static final String VERSION_FIRST =
            "select t.version, t.* from contacts_contact t where t.tenant_id = ? and t.id = ? and t.deleted_at is null";
    private static final String BY_ID = " order by t.id fetch first 21 rows only";
    private static final String BY_NAME = " order by t.name, t.id fetch first 21 rows only";
    private static final String AFTER = " and (t.name >= ? and (t.name > ? or (t.name = ? and t.id > ?)))";
    private static final String FIND =
            "select t.id from contacts_contact t where t.tenant_id = ? and t.deleted_at is null and t.id in (select v.record_id"
                    + " from record_value v where v.tenant_id = ? and v.type = 'contact' and v.field = 'emails.address'"
                    + " and v.value_key = ?) order by t.id fetch first 3 rows only";
    private static final String UPDATE =
            "update contacts_contact set source = ?, version = ?, updated_at = ?, updated_by = ?"
                    + " where id = ? and version = ? and tenant_id = ?";
    private static final int ROWS_PER_COMMIT = 500;

    private final RawDatabase database;
    private final Dataset data;
    private final AtomicInteger sequence = new AtomicInteger();

    Statements(RawDatabase database, Dataset data) {
        this.database = database;
        this.data = data;
    }

    Work.Opening opening(Operation operation, User user, User.Place far) {
        return (client, clients) -> new Client(operation, user, far, new Picks(data, user, client, clients));
    }

    /** Finds each contact by its address, and writes it; tells how long it took. */
    Result importRows(User user, List<Contact> contacts) throws SQLException {
        try (Client client = new Client(Operation.CREATE, user, null, new Picks(data, user, 0, 1))) {
            long begin = System.nanoTime();
            int row = 0;
            for (Contact contact : contacts) {
                List<Object> found = client.query(
                        FIND, Rows.TENANT, Rows.TENANT, contact.email().toLowerCase(Locale.ROOT));
                if (found.isEmpty()) {
                    client.create(contact);
                } else {
                    client.update((Long) found.get(0));
                }
                if (++row % ROWS_PER_COMMIT == 0) {
                    client.connection.commit();
                }
            }
            client.connection.commit();
            return Result.ofRows(contacts.size(), System.nanoTime() - begin);
        }
    }

    private final class Client implements Work {

        private final Operation operation;
        private final User user;
        private final User.Place far;
        private final Picks picks;
        private final Connection connection;
        private final Inserts inserts;
        private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();

        Client(Operation operation, User user, User.Place far, Picks picks) throws SQLException {
            this.operation = operation;
            this.user = user;
            this.far = far;
            this.picks = picks;
            connection = database.connect();
            connection.setAutoCommit(false);
            inserts = new Inserts(connection);
        }

        @Override
        public void once() throws SQLException {
            try {
                work();
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        }

        private void work() throws SQLException {
            switch (operation) {
                case FIRST_PAGE -> select(LIST, "", BY_ID);
                case FIRST_PAGE_BY_NAME -> select(LIST, "", BY_NAME);
                case FAR_PAGE -> select(LIST, AFTER, BY_NAME, far.name(), far.name(), far.name(), far.id());
                case NAME_CONTAINS -> like("%" + picks.part());
                case NAME_STARTS -> like(picks.beginning());
                case EMAIL -> select(LIST, " and (t.email = ?)", BY_ID, picks.email());
                case READ -> select(ONE, " and t.id = ?", "", data.id(Kind.CONTACT, picks.contact()));
                case CREATE -> create(picks.newContact(sequence.incrementAndGet()));
                case UPDATE, UPDATE_IF_MATCH -> update(data.id(Kind.CONTACT, picks.ownContact()));
            }
        }

        private void like(String text) throws SQLException {
            select(LIST, " and (lower(t.name) like ? escape '\\')", BY_ID, text.toLowerCase(Locale.ROOT) + "%");
        }

        private void select(String columns, String condition, String order, Object... values) throws SQLException {
            List<Object> all = new ArrayList<>(List.of(Rows.TENANT));
            String scope = "";
            if (!user.reachesAll()) {
                scope = " and (t.owner_id = ? or t.team_id in (?))";
                all.addAll(List.of(user.owner().user(), user.owner().team()));
            }
            all.addAll(List.of(values));
            query(columns + scope + " and t.deleted_at is null" + condition + order, all.toArray());
        }

        /** Reads all rows with all columns; tells the first column. */
        List<Object> query(String sql, Object... values) throws SQLException {
            PreparedStatement select = statement(sql);
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            List<Object> first = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                int columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                    first.add(row.getLong(1));
                    for (int i = 2; i <= columns; i++) {
                        row.getString(i);
                    }
                }
            }
            return first;
        }

        private PreparedStatement statement(String sql) throws SQLException {
            PreparedStatement statement = statements.get(sql);
            if (statement == null) {
                statement = connection.prepareStatement(sql);
                statements.put(sql, statement);
            }
            return statement;
        }

        void create(Contact contact) throws SQLException {
            long id = nextId();
            LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
            for (Row row : Rows.contact(contact, id, now)) {
                inserts.add(row);
            }
            inserts.add(change(id, "create", new String(contact.body(), StandardCharsets.UTF_8), now));
            inserts.flush();
        }

        void update(long id) throws SQLException {
            int version = ((Long) query(VERSION_FIRST, Rows.TENANT, id).get(0)).intValue();
            LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
            String source = "raw " + sequence.incrementAndGet();
            PreparedStatement update = statement(UPDATE);
            update.setString(1, source);
            update.setInt(2, version + 1);
            update.setTimestamp(3, Timestamp.valueOf(now));
            update.setLong(4, user.owner().user());
            update.setLong(5, id);
            update.setInt(6, version);
            update.setInt(7, Rows.TENANT);
            if (update.executeUpdate() != 1) {
                throw new SQLException("somebody else has changed contact " + id);
            }
            inserts.add(change(id, "update", "{\"source\":[null,\"" + source + "\"]}", now));
            inserts.flush();
        }

        private Row change(long record, String verb, String fields, LocalDateTime at) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", nextId());
            row.put("tenant_id", Rows.TENANT);
            row.put("type", "contact");
            row.put("record_id", record);
            row.put("verb", verb);
            row.put("actor", user.owner().user());
            row.put("changed_at", Timestamp.valueOf(at));
            row.put("fields", fields);
            return new Row("change_log", row);
        }

        private long nextId() {
            return Ids.at(System.currentTimeMillis(), sequence.incrementAndGet() & (1 << 22) - 1);
        }

        @Override
        public void close() throws SQLException {
            for (PreparedStatement statement : statements.values()) {
                statement.close();
            }
            inserts.close();
            connection.rollback();
            connection.close();
        }
    }
}
