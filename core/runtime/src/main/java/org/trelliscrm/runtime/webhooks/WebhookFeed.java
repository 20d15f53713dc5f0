// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.record.Change;
import org.trelliscrm.api.record.ChangeListener;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.feed.Topic;

/** Puts into the outbox what the change feed brings and a webhook wants to be told of. */
@Component(service = ChangeListener.class)
public class WebhookFeed implements ChangeListener {

    private final WebhookTable webhooks;
    private final DeliveryTable deliveries;
    private final WebhookSender sender;
    private final Ids ids;
    private final Clock clock;

    @Activate
    public WebhookFeed(
            @Reference WebhookTable webhooks,
            @Reference DeliveryTable deliveries,
            @Reference WebhookSender sender,
            @Reference Ids ids,
            @Reference Clock clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.sender = sender;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "core.webhooks";
    }

    @Override
    public void changed(List<Change> changes) {
        Instant now = clock.instant();
        boolean news = false;
        for (Webhook webhook : webhooks.active()) {
            List<Delivery> wanted = new ArrayList<>();
            for (Change change : changes) {
                Topic topic = Topic.of(change);
                if (change.tenant() == webhook.tenant()
                        && change.position() > webhook.since()
                        && webhook.wants(topic)) {
                    wanted.add(Delivery.of(ids.next(), webhook, change.position(), topic.text(), change.record(), now));
                }
            }
            deliveries.insertNew(wanted);
            news |= !wanted.isEmpty();
        }
        if (news) {
            sender.wake();
        }
    }
}
