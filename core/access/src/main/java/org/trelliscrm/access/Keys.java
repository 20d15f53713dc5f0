// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Finds the user behind an API key, and remembers to the minute when a key was last used. */
@Component(service = Keys.class)
public final class Keys {

    private static final String VALID =
            "select id, tenant_id, user_id, secret_hash, expires_at, last_used_at, requests_per_minute from access_key"
                    + " where revoked = false and deleted_at is null";
    private static final Duration EXACTNESS = Duration.ofMinutes(1);

    private final Database database;
    private final Clock clock;
    private final Recent<String, Holder> recent;

    @Activate
    public Keys(@Reference Database database, @Reference Clock clock, @Reference AccessChanges changes) {
        this.database = database;
        this.clock = clock;
        this.recent = new Recent<>(clock, changes);
    }

    /** Whose key it is; empty if it is unknown, expired or withdrawn. */
    Optional<Holder> find(String text) {
        return KeyText.parse(text).flatMap(this::find).filter(holder -> holder.isValidAt(clock.instant()));
    }

    private Optional<Holder> find(KeyText key) {
        String hash = key.secretHash();
        // By the hash, so that nothing is remembered of a key whose secret is wrong.
        return recent.get(key.prefix() + hash, () -> read(key.prefix(), hash));
    }

    private Optional<Holder> read(String prefix, String hash) {
        return database.query(VALID + " and prefix = ?", Keys::holder, prefix).stream()
                .filter(holder -> Secrets.same(hash, holder.secretHash()) && holder.isValidAt(clock.instant()))
                .findFirst()
                .map(this::touch);
    }

    /** Whose key this record is; empty if there is none, or it is expired or withdrawn. */
    Optional<Holder> find(int tenant, long key) {
        return database.query(VALID + " and id = ? and tenant_id = ?", Keys::holder, key, tenant).stream()
                .filter(holder -> holder.isValidAt(clock.instant()))
                .findFirst();
    }

    private static Holder holder(ResultSet row) throws SQLException {
        return new Holder(
                row.getLong("id"),
                row.getInt("tenant_id"),
                row.getLong("user_id"),
                row.getString("secret_hash"),
                Database.instant(row, "expires_at"),
                Database.instant(row, "last_used_at"),
                limit(row.getInt("requests_per_minute"), row.wasNull()));
    }

    private static OptionalInt limit(int requestsPerMinute, boolean none) {
        return none ? OptionalInt.empty() : OptionalInt.of(requestsPerMinute);
    }

    private Holder touch(Holder holder) {
        Instant now = clock.instant();
        Instant lastUsed = holder.lastUsedAt();
        if (lastUsed == null || !lastUsed.plus(EXACTNESS).isAfter(now)) {
            database.update("update access_key set last_used_at = ? where id = ?", now, holder.key());
        }
        return holder;
    }

    /**
     * Whom a key belongs to.
     *
     * @param key the id of its record
     * @param limit how many requests a minute; empty where that is left to the settings
     */
    record Holder(
            long key,
            int tenant,
            long user,
            String secretHash,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            OptionalInt limit) {

        boolean isValidAt(Instant now) {
            return expiresAt == null || expiresAt.isAfter(now);
        }
    }
}
