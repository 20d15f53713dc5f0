// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import static org.trelliscrm.runtime.data.Queries.timestamp;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.data.Queries;
import org.trelliscrm.runtime.data.Sql;

/** The table {@code webhook}. */
@Component(service = WebhookTable.class)
public class WebhookTable {

    private static final String SELECT = "select id, tenant_id, url, topics_json, active, paused_because, secret,"
            + " old_secret, old_until, user_id, key_id, created_at, since_position, given_up from webhook";

    private final Queries queries;

    @Activate
    public WebhookTable(@Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource) {
        this.queries = new Queries(dataSource);
    }

    /** Those of a tenant, oldest first. */
    List<Webhook> of(int tenant) {
        return queries.list(new Sql(SELECT).add(" where tenant_id = ? order by id", tenant), WebhookTable::webhook);
    }

    /** Those of all tenants that are to be told. */
    List<Webhook> active() {
        return queries.list(new Sql(SELECT).add(" where active = ?", true), WebhookTable::webhook);
    }

    Optional<Webhook> find(long id) {
        return queries.list(new Sql(SELECT).add(" where id = ?", id), WebhookTable::webhook).stream()
                .findFirst();
    }

    /** The place at which the change feed is. */
    long feedPosition() {
        return queries.list(new Sql("select last_position from feed_counter"), row -> row.getLong(1))
                .get(0);
    }

    void insert(Webhook webhook) {
        Sql sql = new Sql("insert into webhook (id, tenant_id, url, topics_json, active, secret, user_id, created_at,"
                        + " since_position, given_up, key_id) values (")
                .add(
                        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ",
                        webhook.id(),
                        webhook.tenant(),
                        webhook.url(),
                        Json.write(webhook.topics()),
                        webhook.active(),
                        webhook.secret(),
                        webhook.user(),
                        timestamp(webhook.createdAt()),
                        webhook.since(),
                        0);
        queries.execute(addOrNull(sql, webhook.key()).add(")"));
    }

    /** Keeps what somebody has changed; it begins anew with nothing given up. */
    void update(Webhook webhook) {
        Sql sql = new Sql("update webhook set paused_because = null, given_up = 0")
                .add(", url = ?, topics_json = ?", webhook.url(), Json.write(webhook.topics()))
                .add(", active = ?, secret = ?, user_id = ?", webhook.active(), webhook.secret(), webhook.user());
        addOrNull(sql.add(", old_secret = "), webhook.oldSecret());
        Instant until = webhook.oldUntil();
        addOrNull(sql.add(", old_until = "), until == null ? null : timestamp(until));
        addOrNull(sql.add(", key_id = "), webhook.key());
        queries.execute(sql.add(" where id = ?", webhook.id()));
    }

    void delete(long id) {
        queries.execute(new Sql("delete from webhook where id = ").add("?", id));
    }

    /** One more delivery was given up; after so many in a row none is tried any more. */
    void countGivenUp(long id, int most) {
        queries.execute(new Sql("update webhook set given_up = given_up + 1 where id = ").add("?", id));
        queries.execute(new Sql("update webhook set")
                .add(" active = ?, paused_because = ?", false, "webhook.givenUp")
                .add(" where id = ? and given_up >= ? and active = ?", id, most, true));
    }

    void forgiveGivenUp(long id) {
        queries.execute(new Sql("update webhook set given_up = 0 where given_up > 0 and id = ").add("?", id));
    }

    /** Pauses it for a reason that a person has to mend. */
    void pause(long id, String because) {
        queries.execute(
                new Sql("update webhook set").add(" active = ?, paused_because = ? where id = ?", false, because, id));
    }

    private static Sql addOrNull(Sql sql, @Nullable Object value) {
        return value == null ? sql.add("null") : sql.add("?", value);
    }

    private static Webhook webhook(ResultSet row) throws SQLException {
        List<?> topics = (List<?>) Objects.requireNonNull(Json.read(row.getString("topics_json")));
        return new Webhook(
                row.getLong("id"),
                row.getInt("tenant_id"),
                row.getString("url"),
                topics.stream().map(String.class::cast).toList(),
                row.getBoolean("active"),
                row.getString("paused_because"),
                row.getString("secret"),
                row.getString("old_secret"),
                Queries.instantOrNull(row.getTimestamp("old_until")),
                row.getLong("user_id"),
                (Long) row.getObject("key_id"),
                Queries.instant(row.getTimestamp("created_at")),
                row.getLong("since_position"),
                row.getInt("given_up"));
    }
}
