// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table {@code webhook_delivery}: that a webhook is told of one change. It names the change and holds nothing
 * of it: what is told is found out when it is sent.
 *
 * @param position the place of the change in the feed, below zero for a test
 * @param askedAt the moment from which the time counts in which it is tried
 * @param status the HTTP status of the last answer
 * @param answer the beginning of the last answer, or why there was none
 */
record Delivery(
        long id,
        int tenant,
        long webhook,
        long position,
        String topic,
        long record,
        State state,
        int attempts,
        Instant createdAt,
        Instant askedAt,
        Instant nextAttempt,
        @Nullable Instant endedAt,
        @Nullable Integer status,
        @Nullable String answer) {

    /** Where a delivery stands. */
    enum State {
        WAITING,
        DELIVERED,
        /** Tried for a day without success. */
        DEAD,
        /** The one with whose rights the webhook sees may not see the record. */
        HIDDEN;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    static Delivery of(long id, Webhook webhook, long position, String topic, long record, Instant now) {
        return new Delivery(
                id,
                webhook.tenant(),
                webhook.id(),
                position,
                topic,
                record,
                State.WAITING,
                0,
                now,
                now,
                now,
                null,
                null,
                null);
    }

    boolean isTest() {
        return position < 0;
    }
}
