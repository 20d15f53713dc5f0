// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The open sessions. Each ends after some hours without a request and after a week in any case. The database keeps only the
 * hash of a token, so a copy of it opens nothing.
 */
@Component(service = Sessions.class)
public final class Sessions {

    static final Duration IDLE = Duration.ofHours(12);
    static final Duration LONGEST = Duration.ofDays(7);
    /** How exactly it is known when a session was last used. */
    static final Duration EXACTNESS = Duration.ofMinutes(1);

    private static final int TOKEN_LENGTH = 43;
    private static final int CSRF_LENGTH = 32;
    private static final Pattern TOKEN = Pattern.compile("[0-9A-Za-z]{" + TOKEN_LENGTH + "}");
    private static final String COLUMNS = "tenant_id, user_id, series, csrf, created_at, seen_at, expires_at";

    private final Database database;
    private final Clock clock;
    private final Recent<String, OpenSession> recent;

    @Activate
    public Sessions(@Reference Database database, @Reference Clock clock, @Reference AccessChanges changes) {
        this.database = database;
        this.clock = clock;
        this.recent = new Recent<>(clock, changes);
    }

    /** Opens a session under a new token. */
    OpenSession open(Candidate user, String address) {
        String token = Secrets.random(TOKEN_LENGTH);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        OpenSession session = new OpenSession(
                token,
                user.tenant(),
                user.id(),
                user.sessionSeries(),
                Secrets.random(CSRF_LENGTH),
                now,
                now,
                expiry(now, now));
        database.update(
                "insert into access_session (token_hash, " + COLUMNS + ", address) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                Secrets.hash(token),
                session.tenant(),
                session.user(),
                session.series(),
                session.csrf(),
                session.createdAt(),
                session.seenAt(),
                session.expiresAt(),
                SignInLog.address(address));
        return session;
    }

    private static Instant expiry(Instant created, Instant seen) {
        Instant idle = seen.plus(IDLE);
        Instant last = created.plus(LONGEST);
        return idle.isBefore(last) ? idle : last;
    }

    /** The session of this token, if it is not over. */
    Optional<OpenSession> find(String token) {
        if (!TOKEN.matcher(token).matches()) {
            return Optional.empty();
        }
        String hash = Secrets.hash(token);
        return recent.get(hash, () -> read(token, hash))
                .filter(session -> session.expiresAt().isAfter(clock.instant()));
    }

    private Optional<OpenSession> read(String token, String hash) {
        return database
                .query(
                        "select " + COLUMNS + " from access_session where token_hash = ?",
                        row -> session(token, row),
                        hash)
                .stream()
                .filter(session -> session.expiresAt().isAfter(clock.instant()))
                .findFirst()
                .map(session -> touch(session, hash));
    }

    private static OpenSession session(String token, ResultSet row) throws SQLException {
        return new OpenSession(
                token,
                row.getInt("tenant_id"),
                row.getLong("user_id"),
                row.getInt("series"),
                row.getString("csrf"),
                requireNonNull(Database.instant(row, "created_at")),
                requireNonNull(Database.instant(row, "seen_at")),
                requireNonNull(Database.instant(row, "expires_at")));
    }

    private OpenSession touch(OpenSession session, String hash) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (session.seenAt().plus(EXACTNESS).isAfter(now)) {
            return session;
        }
        OpenSession seen = session.seen(now, expiry(session.createdAt(), now));
        database.update(
                "update access_session set seen_at = ?, expires_at = ? where token_hash = ?",
                seen.seenAt(),
                seen.expiresAt(),
                hash);
        return seen;
    }

    /** Takes a session over into a new series, while the user's others end. */
    void keep(String token, int series) {
        String hash = Secrets.hash(token);
        database.update("update access_session set series = ? where token_hash = ?", series, hash);
        recent.forget(hash);
    }

    /** Ends a session. */
    void end(String token) {
        String hash = Secrets.hash(token);
        database.update("delete from access_session where token_hash = ?", hash);
        recent.forget(hash);
    }

    /** Forgets the sessions that are over. */
    void sweep() {
        database.update("delete from access_session where expires_at < ?", clock.instant());
    }
}
