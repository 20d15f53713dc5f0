// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.runtime.feed.Topic;

/**
 * One row of the table {@code webhook}: who wants to be told of what.
 *
 * @param pausedBecause the code of the problem for which the system itself has paused it
 * @param oldSecret the one before, which signs too until {@code oldUntil}
 * @param user with whose rights it sees, and through which API key those came, if any
 * @param since the place in the change feed after which it is told
 * @param givenUp how many deliveries in a row were given up
 */
record Webhook(
        long id,
        int tenant,
        String url,
        List<String> topics,
        boolean active,
        @Nullable String pausedBecause,
        String secret,
        @Nullable String oldSecret,
        @Nullable Instant oldUntil,
        long user,
        @Nullable Long key,
        Instant createdAt,
        long since,
        int givenUp) {

    boolean wants(Topic topic) {
        return topics.stream().anyMatch(topic::fits);
    }

    /** Whether a right of this scope reaches it. */
    boolean isReachedBy(Caller caller, Scope scope) {
        return caller.tenant() == tenant
                && (scope == Scope.ALL || scope != Scope.NONE && caller.user() != null && caller.user() == user);
    }

    /** The secrets that sign at this moment, the present one first. */
    List<String> secrets(Instant now) {
        List<String> secrets = new ArrayList<>(List.of(secret));
        if (oldSecret != null && oldUntil != null && oldUntil.isAfter(now)) {
            secrets.add(oldSecret);
        }
        return secrets;
    }
}
