// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.time.Instant;

/**
 * A session as {@link Sessions} keeps it.
 *
 * @param token the secret in the cookie; the database has its hash
 * @param series over if the user's own is later, see {@link User#endSessions}
 * @param seenAt its last use, to the minute
 */
record OpenSession(
        String token,
        int tenant,
        long user,
        int series,
        String csrf,
        Instant createdAt,
        Instant seenAt,
        Instant expiresAt) {

    OpenSession seen(Instant now, Instant expiry) {
        return new OpenSession(token, tenant, user, series, csrf, createdAt, now, expiry);
    }

    /** Without the token, lest it land in a log. */
    @Override
    public String toString() {
        return "session of user " + user;
    }
}
