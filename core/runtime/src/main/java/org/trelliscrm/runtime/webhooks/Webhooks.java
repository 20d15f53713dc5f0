// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.feed.Topic;

/**
 * Webhooks as people see and change them. One sees with the rights of the person who changed it last, so nobody can turn
 * another one's webhook into a window on what only that one may see.
 */
@Component(service = Webhooks.class)
public class Webhooks {

    private static final String TYPE = "webhook";
    private static final int MOST_TOPICS = 50;
    private static final Set<String> FIELDS = Set.of("url", "topics", "active");
    private static final Duration OLD_SECRET_HOLDS = Duration.ofHours(24);

    private final WebhookTable table;
    private final DeliveryTable deliveries;
    private final WebhookSettings settings;
    private final Ids ids;
    private final Clock clock;

    @Activate
    public Webhooks(
            @Reference WebhookTable table,
            @Reference DeliveryTable deliveries,
            @Reference WebhookSettings settings,
            @Reference Ids ids,
            @Reference Clock clock) {
        this.table = table;
        this.deliveries = deliveries;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    List<Webhook> list(Caller caller) {
        Scope scope = require(caller, "read");
        return table.of(caller.tenant()).stream()
                .filter(webhook -> webhook.isReachedBy(caller, scope))
                .toList();
    }

    Webhook get(Caller caller, long id) {
        return get(caller, id, "read");
    }

    private Webhook get(Caller caller, long id, String verb) {
        Scope read = require(caller, "read");
        Scope scope = require(caller, verb);
        Webhook found = table.find(id)
                .filter(webhook -> webhook.isReachedBy(caller, read))
                .orElseThrow(() -> new NotFound("webhook.notFound", Map.of("id", Ids.toText(id))));
        if (!found.isReachedBy(caller, scope)) {
            throw Denied.because("access.notYours", Map.of("type", TYPE));
        }
        return found;
    }

    Webhook create(Caller caller, Map<String, Object> values) {
        require(caller, "create");
        Long user = caller.user();
        if (user == null) {
            throw Denied.right(TYPE, "create");
        }
        Webhook webhook = new Webhook(
                ids.next(),
                caller.tenant(),
                "",
                List.of(),
                true,
                null,
                Signature.newSecret(),
                null,
                null,
                user,
                caller.key(),
                clock.instant(),
                table.feedPosition(),
                0);
        if (!values.containsKey("url") || !values.containsKey("topics")) {
            throw Invalid.field(values.containsKey("url") ? "topics" : "url", "field.required", Map.of());
        }
        Webhook filled = filled(webhook, values);
        table.insert(filled);
        return filled;
    }

    /** Changes the given fields. */
    Webhook update(Caller caller, long id, Map<String, Object> patch) {
        Webhook webhook = get(caller, id, "update");
        return save(filled(webhook, patch), caller, webhook.secret(), webhook.oldSecret(), webhook.oldUntil());
    }

    /** Gives it a new secret; the one before signs beside it for a day. */
    Webhook rotateSecret(Caller caller, long id) {
        Webhook webhook = get(caller, id, "update");
        Instant until = clock.instant().plus(OLD_SECRET_HOLDS);
        return save(webhook, caller, Signature.newSecret(), webhook.secret(), until);
    }

    private Webhook save(
            Webhook webhook, Caller caller, String secret, @Nullable String oldSecret, @Nullable Instant oldUntil) {
        Webhook changed = new Webhook(
                webhook.id(),
                webhook.tenant(),
                webhook.url(),
                webhook.topics(),
                webhook.active(),
                null,
                secret,
                oldSecret,
                oldUntil,
                Objects.requireNonNull(caller.user()),
                caller.key(),
                webhook.createdAt(),
                webhook.since(),
                0);
        table.update(changed);
        return changed;
    }

    private Webhook filled(Webhook webhook, Map<String, Object> values) {
        Invalid.Collector problems = new Invalid.Collector();
        values.keySet().stream()
                .filter(name -> !FIELDS.contains(name))
                .forEach(name -> problems.add(name, "field.unknown"));
        Object url = values.getOrDefault("url", webhook.url());
        if (!(url instanceof String)) {
            problems.add("url", "field.notText");
        }
        Object active = values.getOrDefault("active", webhook.active());
        if (!(active instanceof Boolean)) {
            problems.add("active", "field.notBoolean");
        }
        List<String> topics = topics(values.getOrDefault("topics", webhook.topics()), problems);
        problems.throwIfAny();
        String checked = Target.check((String) url, settings.rules()).toString();
        return new Webhook(
                webhook.id(),
                webhook.tenant(),
                checked,
                topics,
                (boolean) active,
                webhook.pausedBecause(),
                webhook.secret(),
                webhook.oldSecret(),
                webhook.oldUntil(),
                webhook.user(),
                webhook.key(),
                webhook.createdAt(),
                webhook.since(),
                webhook.givenUp());
    }

    private static List<String> topics(@Nullable Object json, Invalid.Collector problems) {
        if (!(json instanceof List<?> list)) {
            problems.add("topics", "field.notAList");
            return List.of();
        }
        if (list.isEmpty()) {
            problems.add("topics", "field.required");
        }
        if (list.size() > MOST_TOPICS) {
            problems.add("topics", "field.tooMany", Map.of("max", MOST_TOPICS, "count", list.size()));
            return List.of();
        }
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof String text) || !Topic.isWish(text)) {
                problems.add("topics[" + i + "]", "webhook.notATopic", Map.of("value", String.valueOf(list.get(i))));
            }
        }
        return list.stream().map(String::valueOf).toList();
    }

    void delete(Caller caller, long id) {
        Webhook webhook = get(caller, id, "delete");
        table.delete(webhook.id());
        deliveries.deleteOf(webhook.id());
    }

    /** Sends something harmless, so that one can see whether it arrives. */
    Delivery test(Caller caller, long id) {
        Webhook webhook = get(caller, id, "update");
        long delivery = ids.next();
        Delivery test = Delivery.of(delivery, webhook, -delivery, "webhook/test", webhook.id(), clock.instant());
        deliveries.insertNew(List.of(test));
        return test;
    }

    List<Delivery> deliveries(
            Caller caller, long id, Delivery.@Nullable State state, @Nullable Long before, int limit) {
        return deliveries.newest(get(caller, id).id(), state, before, limit);
    }

    /** Sends a delivery again, whatever became of it. */
    Delivery replay(Caller caller, long id, long delivery) {
        Webhook webhook = get(caller, id, "update");
        deliveries.replay(find(webhook, delivery).id(), clock.instant());
        return find(webhook, delivery);
    }

    private Delivery find(Webhook webhook, long delivery) {
        return deliveries
                .find(webhook.id(), delivery)
                .orElseThrow(() -> new NotFound("webhook.noDelivery", Map.of("id", Ids.toText(delivery))));
    }

    private static Scope require(Caller caller, String verb) {
        Scope scope = caller.rights().scope(TYPE, verb);
        if (scope == Scope.NONE) {
            throw Denied.right(TYPE, verb);
        }
        return scope;
    }
}
