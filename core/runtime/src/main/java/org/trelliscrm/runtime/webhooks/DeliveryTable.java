// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import static org.trelliscrm.runtime.data.Queries.timestamp;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Queries;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.webhooks.Delivery.State;

/** The table {@code webhook_delivery}: the outbox. */
@Component(service = DeliveryTable.class)
public class DeliveryTable {

    private static final String COLUMNS = "d.id, d.tenant_id, d.webhook_id, d.feed_position, d.topic, d.record_id,"
            + " d.state, d.attempts, d.created_at, d.asked_at, d.next_attempt, d.ended_at, d.status, d.answer";
    private static final String INSERT =
            "insert into webhook_delivery (id, tenant_id, webhook_id, feed_position, topic,"
                    + " record_id, state, attempts, created_at, asked_at, next_attempt)"
                    + " values (?, ?, ?, ?, ?, ?, 'waiting', 0, ?, ?, ?)";

    /** Nothing is put off longer; what seems to be was written before the clock went back. */
    private static final Duration FAR = Duration.ofDays(1);

    private final DataSource dataSource;
    private final Queries queries;

    @Activate
    public DeliveryTable(@Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource) {
        this.dataSource = dataSource;
        this.queries = new Queries(dataSource);
    }

    /** Adds the deliveries of one webhook that are not there yet; the feed may bring a change twice. */
    void insertNew(List<Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Set<Long> known = known(connection, deliveries);
                try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                    for (Delivery one : deliveries) {
                        if (known.add(one.position())) {
                            set(insert, one);
                            insert.addBatch();
                        }
                    }
                    insert.executeBatch();
                }
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static Set<Long> known(Connection connection, List<Delivery> deliveries) throws SQLException {
        Sql sql = new Sql("select feed_position from webhook_delivery where webhook_id = ")
                .add("? and feed_position in ", deliveries.get(0).webhook())
                .addAll(deliveries.stream().map(Delivery::position).toList());
        Set<Long> known = new HashSet<>();
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                known.add(row.getLong(1));
            }
        }
        return known;
    }

    private static void set(PreparedStatement insert, Delivery one) throws SQLException {
        insert.setLong(1, one.id());
        insert.setInt(2, one.tenant());
        insert.setLong(3, one.webhook());
        insert.setLong(4, one.position());
        insert.setString(5, one.topic());
        insert.setLong(6, one.record());
        insert.setTimestamp(7, timestamp(one.createdAt()));
        insert.setTimestamp(8, timestamp(one.askedAt()));
        insert.setTimestamp(9, timestamp(one.nextAttempt()));
    }

    /**
     * What a webhook is due to be told, oldest first: of each record only the first change that waits, so that what happened
     * to it is told in the order in which it happened.
     */
    List<Delivery> due(long webhook, Instant now, int limit) {
        Sql sql = new Sql("select " + COLUMNS + " from webhook_delivery d where d.state = 'waiting'")
                .add(" and d.webhook_id = ?", webhook)
                .add(" and (d.next_attempt <= ? or d.next_attempt > ?)", timestamp(now), timestamp(now.plus(FAR)))
                .add(" and not exists (select 1 from webhook_delivery e where e.webhook_id = d.webhook_id"
                        + " and e.record_id = d.record_id and e.state = 'waiting' and e.feed_position < d.feed_position)"
                        + " order by d.next_attempt fetch first " + limit + " rows only");
        return queries.list(sql, DeliveryTable::delivery);
    }

    /**
     * Takes a delivery until a moment; when that has come without an end, another one may take it.
     *
     * @return whether it is taken; not if somebody else was quicker
     */
    boolean claim(Delivery delivery, Instant until) {
        return queries.execute(new Sql("update webhook_delivery set next_attempt = ")
                        .add("?", timestamp(until))
                        .add(" where id = ? and state = 'waiting'", delivery.id())
                        .add(" and next_attempt = ?", timestamp(delivery.nextAttempt())))
                == 1;
    }

    /** Writes what came of an attempt. */
    void attempted(long id, State state, Instant now, @Nullable Instant next, Courier.Answer answer) {
        Sql sql = new Sql("update webhook_delivery set attempts = attempts + 1")
                .add(", state = ?, answer = ?", state.text(), answer.said());
        Integer status = answer.status();
        if (status == null) {
            sql.add(", status = null");
        } else {
            sql.add(", status = ?", status);
        }
        if (next == null) {
            sql.add(", ended_at = ?", timestamp(now));
        } else {
            sql.add(", next_attempt = ?", timestamp(next));
        }
        queries.execute(sql.add(" where id = ? and state = 'waiting'", id));
    }

    /** There is nothing to tell. */
    void hide(long id, Instant now) {
        queries.execute(new Sql("update webhook_delivery set state = 'hidden', ended_at = ")
                .add("? where id = ? and state = 'waiting'", timestamp(now), id));
    }

    /** Sends it again, as if it were new; nothing happens if it waits already. */
    void replay(long id, Instant now) {
        queries.execute(new Sql("update webhook_delivery set state = 'waiting', attempts = 0, ended_at = null")
                .add(", asked_at = ?, next_attempt = ?", timestamp(now), timestamp(now))
                .add(" where id = ? and state <> 'waiting'", id));
    }

    Optional<Delivery> find(long webhook, long id) {
        return queries
                .list(
                        new Sql("select " + COLUMNS + " from webhook_delivery d where d.id = ")
                                .add("? and d.webhook_id = ?", id, webhook),
                        DeliveryTable::delivery)
                .stream()
                .findFirst();
    }

    /** Those of a webhook, newest first. */
    List<Delivery> newest(long webhook, @Nullable State state, @Nullable Long before, int limit) {
        Sql sql = new Sql("select " + COLUMNS + " from webhook_delivery d where d.webhook_id = ").add("?", webhook);
        if (state != null) {
            sql.add(" and d.state = ?", state.text());
        }
        if (before != null) {
            sql.add(" and d.id < ?", before);
        }
        return queries.list(
                sql.add(" order by d.id desc fetch first " + limit + " rows only"), DeliveryTable::delivery);
    }

    void deleteOf(long webhook) {
        queries.execute(new Sql("delete from webhook_delivery where webhook_id = ").add("?", webhook));
    }

    /** Forgets what ended before this moment. */
    int removeEndedBefore(Instant moment) {
        return queries.execute(new Sql("delete from webhook_delivery where ended_at < ").add("?", timestamp(moment)));
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        boolean answered = !row.wasNull();
        return new Delivery(
                row.getLong("id"),
                row.getInt("tenant_id"),
                row.getLong("webhook_id"),
                row.getLong("feed_position"),
                row.getString("topic"),
                row.getLong("record_id"),
                State.of(row.getString("state")),
                row.getInt("attempts"),
                Queries.instant(row.getTimestamp("created_at")),
                Queries.instant(row.getTimestamp("asked_at")),
                Queries.instant(row.getTimestamp("next_attempt")),
                Queries.instantOrNull(row.getTimestamp("ended_at")),
                answered ? status : null,
                row.getString("answer"));
    }
}
