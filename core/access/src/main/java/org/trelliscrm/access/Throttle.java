// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Throttled;

/**
 * Slows down whoever guesses passwords: many for one login, or one for many logins from one address. Kept in the database, so
 * neither a restart nor another node starts from nothing. Logins that do not exist are counted like the others.
 */
@Component(service = Throttle.class)
public final class Throttle {

    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    private final Database database;
    private final Clock clock;

    @Activate
    public Throttle(@Reference Database database, @Reference Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Lets an attempt pass.
     *
     * @throws Throttled if it is too early for any of the subjects
     */
    void check(Subject... subjects) {
        Duration longest = Duration.ZERO;
        for (Subject subject : subjects) {
            Duration wait = wait(subject);
            longest = wait.compareTo(longest) > 0 ? wait : longest;
        }
        if (!longest.isZero()) {
            throw new Throttled(longest);
        }
    }

    private Duration wait(Subject subject) {
        return database
                .query(
                        "select failures, failed_at from access_throttle where subject = ?",
                        row -> {
                            Instant failedAt = requireNonNull(Database.instant(row, "failed_at"));
                            return remaining(failedAt.plus(subject.backOff().after(row.getInt("failures"))));
                        },
                        subject.key())
                .stream()
                .findFirst()
                .orElse(Duration.ZERO);
    }

    private Duration remaining(Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        // Retry-After counts in whole seconds; one too few would be refused again.
        return left.isNegative() || left.isZero()
                ? Duration.ZERO
                : Duration.ofSeconds(left.plusMillis(999).toSeconds());
    }

    /** Counts a failure of each subject. */
    void failed(Subject... subjects) {
        for (Subject subject : subjects) {
            if (!count(subject)) {
                begin(subject);
            }
        }
    }

    private boolean count(Subject subject) {
        Instant now = clock.instant();
        return database.update(
                        "update access_throttle set failures = case when failed_at < ? then 1 else failures + 1 end,"
                                + " failed_at = ? where subject = ?",
                        now.minus(FORGOTTEN_AFTER),
                        now,
                        subject.key())
                > 0;
    }

    private void begin(Subject subject) {
        try {
            database.update(
                    "insert into access_throttle (subject, failures, failed_at) values (?, 1, ?)",
                    subject.key(),
                    clock.instant());
        } catch (Database.Failure e) {
            if (!e.isDuplicate()) {
                throw e;
            }
            // Somebody else failed at the same moment and was quicker.
            count(subject);
        }
    }

    /** Forgives all failures of a subject. */
    void forgive(Subject subject) {
        database.update("delete from access_throttle where subject = ?", subject.key());
    }

    /** Forgives one failure of a subject. */
    void forgiveOne(Subject subject) {
        database.update(
                "update access_throttle set failures = failures - 1 where subject = ? and failures > 0", subject.key());
    }

    /** Forgets what is long ago. */
    void sweep() {
        database.update(
                "delete from access_throttle where failed_at < ?",
                clock.instant().minus(FORGOTTEN_AFTER));
    }

    /** Whose failures are counted together; the key is a hash, for what is typed may be anything, even a password. */
    record Subject(String key, BackOff backOff) {

        private static final BackOff LOGIN = new BackOff(5);
        /** An office stands behind one address: each of its people may mistype now and then. */
        private static final BackOff ADDRESS = new BackOff(20);

        static Subject login(String login) {
            return new Subject("login:" + Secrets.hash(Login.fold(login)), LOGIN);
        }

        static Subject address(String address) {
            return new Subject("address:" + Secrets.hash(Network.of(address)), ADDRESS);
        }
    }
}
