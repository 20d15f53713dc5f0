// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.records.VisibleChanges;

/** What is told, made at the moment of telling: the record as it is then, as far as somebody may see it then. */
@Component(service = WebhookPayload.class)
public class WebhookPayload {

    private final VisibleChanges changes;

    @Activate
    public WebhookPayload(@Reference VisibleChanges changes) {
        this.changes = changes;
    }

    /** The body of a delivery; empty if there is nothing that the caller may see. */
    Optional<Map<String, @Nullable Object>> of(Delivery delivery, Caller caller) {
        if (delivery.isTest()) {
            return Optional.of(body(delivery, delivery.createdAt(), Map.of("webhook", Ids.toText(delivery.webhook()))));
        }
        return changes.at(delivery.position())
                .flatMap(change -> changes.asSeenBy(caller, change).map(seen -> body(delivery, change.at(), seen)));
    }

    private static Map<String, @Nullable Object> body(Delivery delivery, Instant at, Map<String, ?> data) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("type", delivery.topic());
        body.put("timestamp", at.toString());
        body.put("data", data);
        return body;
    }
}
