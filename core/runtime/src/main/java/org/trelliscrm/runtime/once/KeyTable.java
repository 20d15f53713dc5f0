// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.once;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.once.HashedBody.Fingerprint;

/** The table {@code idempotency_key}: a row says that the request with this key has been done. There is none before. */
@Component(service = KeyTable.class)
public class KeyTable {

    private final DataSource dataSource;

    @Activate
    public KeyTable(@Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * A request that has been done.
     *
     * @param recordType of the record that was written with it, if it was one
     * @param answer sealed; {@code null} if it was too large, or the server died before it was told
     */
    record Done(
            Fingerprint fingerprint,
            @Nullable String recordType,
            @Nullable Long recordId,
            @Nullable String answer,
            Instant at) {}

    Optional<Done> find(OnceKey key) {
        Sql sql = where(
                new Sql("select fingerprint, body_length, record_type, record_id, answer, created_at"
                        + " from idempotency_key"),
                key);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(done(row)) : Optional.empty();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static Done done(ResultSet row) throws SQLException {
        String type = row.getString("record_type");
        return new Done(
                new Fingerprint(row.getString("fingerprint"), row.getLong("body_length")),
                type,
                type == null ? null : row.getLong("record_id"),
                row.getString("answer"),
                row.getTimestamp("created_at").toLocalDateTime().toInstant(ZoneOffset.UTC));
    }

    /** Notes a key as done, in the transaction of the work itself or in one of its own. */
    static void insert(Connection connection, OnceKey key, Done done) throws SQLException {
        boolean record = done.recordType() != null && done.recordId() != null;
        boolean answered = done.answer() != null;
        Sql sql = new Sql("insert into idempotency_key (tenant_id, user_id, key_hash, fingerprint, body_length,"
                + " created_at" + (record ? ", record_type, record_id" : "") + (answered ? ", answer" : "") + ")");
        sql.add(
                " values (?, ?, ?, ?, ?, ?",
                key.tenant(),
                key.user(),
                key.hash(),
                done.fingerprint().hash(),
                done.fingerprint().length(),
                timestamp(done.at()));
        if (record) {
            sql.add(", ?, ?", done.recordType(), done.recordId());
        }
        if (answered) {
            sql.add(", ?", done.answer());
        }
        sql.add(")").execute(connection);
    }

    void insert(OnceKey key, Done done) {
        try (Connection connection = dataSource.getConnection()) {
            insert(connection, key, done);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** Notes what was answered. */
    void answered(OnceKey key, String answer) {
        execute(where(new Sql("update idempotency_key set answer = ").add("?", answer), key));
    }

    /** Forgets a key. */
    void remove(OnceKey key) {
        execute(where(new Sql("delete from idempotency_key"), key));
    }

    /** Forgets what was done before this moment. */
    void removeBefore(Instant moment) {
        execute(new Sql("delete from idempotency_key where created_at < ").add("?", timestamp(moment)));
    }

    private static Sql where(Sql sql, OnceKey key) {
        return sql.add(" where tenant_id = ? and user_id = ? and key_hash = ?", key.tenant(), key.user(), key.hash());
    }

    private void execute(Sql sql) {
        try (Connection connection = dataSource.getConnection()) {
            sql.execute(connection);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    // The column has no zone; what stands in it is UTC, to the microsecond: PostgreSQL keeps no more.
    private static Timestamp timestamp(Instant instant) {
        return Timestamp.valueOf(LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC));
    }
}
