// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.time.Clock;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Tells the caches of this node that users, roles, teams or keys are changing. The hooks of those types call it, because
 * they run before the answer to whoever made the change; the change feed would come some moments later, and to one node of a
 * cluster only. Other nodes learn of it when their caches are {@link Recent#KEEP old}.
 *
 * <p>A hook runs before its transaction is committed. Until that has surely happened nothing is cached, so no cache can keep
 * what the transaction was about to replace.
 */
@Component(service = AccessChanges.class)
public final class AccessChanges {

    /** Far longer than a transaction takes from its hooks to its commit. */
    static final Duration SETTLING = Duration.ofSeconds(3);

    private final Clock clock;
    private volatile long settledAt = Long.MIN_VALUE;

    @Activate
    public AccessChanges(@Reference Clock clock) {
        this.clock = clock;
    }

    /** Something is changing, in a transaction that is about to be committed. */
    void happened() {
        settledAt = clock.millis() + SETTLING.toMillis();
    }

    /** What was read before this moment may be out of date. */
    long settledAt() {
        return settledAt;
    }
}
