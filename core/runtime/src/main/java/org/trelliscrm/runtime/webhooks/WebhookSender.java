// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.job.Retry;
import org.trelliscrm.api.module.ActiveModule;
import org.trelliscrm.api.problem.Problem;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.security.Gate;
import org.trelliscrm.runtime.webhooks.Courier.Answer;
import org.trelliscrm.runtime.webhooks.Delivery.State;

/**
 * Empties the outbox: takes what is due, each delivery once in the cluster, posts it, and puts off what fails. A webhook
 * that does not answer holds up two threads at most, so that there are others for the rest.
 */
@Component(service = WebhookSender.class)
public class WebhookSender {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);

    private static final int THREADS = 8;
    private static final int THREADS_OF_ONE = 2;
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Longer than a delivery can take. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final Duration TRIED_FOR = Duration.ofHours(24);
    private static final Retry RETRY = new Retry(100, Duration.ofSeconds(10), Duration.ofHours(4));
    /** After so many in a row that were given up nothing more is sent until somebody has looked. */
    static final int MOST_GIVEN_UP = 5;

    private final WebhookTable webhooks;
    private final DeliveryTable deliveries;
    private final WebhookPayload payload;
    private final Gate gate;
    private final WebhookSettings settings;
    private final Clock clock;
    private final Random chance = new Random();
    private final Map<Long, Integer> busy = new ConcurrentHashMap<>();
    private final Semaphore free = new Semaphore(THREADS);
    private final ExecutorService workers = Executors.newFixedThreadPool(THREADS, threads("crm-webhook"));
    private final ScheduledExecutorService time =
            Executors.newSingleThreadScheduledExecutor(threads("crm-webhook-time"));
    private @Nullable Courier courier;

    @Activate
    public WebhookSender(
            @Reference(target = "(id=core)") ActiveModule tables,
            @Reference WebhookTable webhooks,
            @Reference DeliveryTable deliveries,
            @Reference WebhookPayload payload,
            @Reference Gate gate,
            @Reference WebhookSettings settings,
            @Reference Clock clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.payload = payload;
        this.gate = gate;
        this.settings = settings;
        this.clock = clock;
    }

    @Activate
    void start() {
        time.scheduleWithFixedDelay(this::poll, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ThreadFactory threads(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Looks for work now. */
    final void wake() {
        try {
            time.execute(this::poll);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopping; nothing more is sent");
        }
    }

    /** Begins with what is due, as far as there are threads for it. */
    void poll() {
        try {
            while (gate.isReady() && begin()) {
                LOG.debug("sending; is there more?");
            }
        } catch (RuntimeException e) {
            // The schedule would end with it; a database that is away comes back.
            LOG.warn("the outbox of webhooks cannot be read, trying again: {}", e.toString());
        }
    }

    private boolean begin() {
        boolean begun = false;
        for (Webhook webhook : webhooks.active()) {
            if (busy.getOrDefault(webhook.id(), 0) < THREADS_OF_ONE && free.availablePermits() > 0) {
                for (Delivery delivery : deliveries.due(webhook.id(), clock.instant(), THREADS_OF_ONE)) {
                    begun |= begin(delivery);
                }
            }
        }
        return begun;
    }

    private boolean begin(Delivery delivery) {
        if (busy.getOrDefault(delivery.webhook(), 0) >= THREADS_OF_ONE || !free.tryAcquire()) {
            return false;
        }
        boolean begun = false;
        try {
            begun = deliveries.claim(delivery, clock.instant().plus(LEASE));
            if (begun) {
                busy.merge(delivery.webhook(), 1, Integer::sum);
                workers.execute(() -> deliverAndRelease(delivery));
            }
        } finally {
            if (!begun) {
                free.release();
            }
        }
        return begun;
    }

    private void deliverAndRelease(Delivery delivery) {
        try {
            deliver(delivery);
        } catch (RuntimeException e) {
            LOG.warn("webhook delivery {} met an accident: {}", Ids.toText(delivery.id()), e.toString());
        } finally {
            busy.computeIfPresent(delivery.webhook(), (id, count) -> count == 1 ? null : count - 1);
            free.release();
            wake();
        }
    }

    private void deliver(Delivery delivery) {
        Optional<Webhook> found = webhooks.find(delivery.webhook());
        if (found.isEmpty()) {
            deliveries.hide(delivery.id(), clock.instant());
            return;
        }
        Webhook webhook = found.get();
        Optional<Caller> caller = caller(webhook);
        if (caller.isEmpty()) {
            LOG.warn("webhook {} is paused: nobody stands behind it any more", Ids.toText(webhook.id()));
            webhooks.pause(webhook.id(), "webhook.nobody");
            return;
        }
        attempt(delivery, webhook, caller.get());
    }

    private Optional<Caller> caller(Webhook webhook) {
        Long key = webhook.key();
        return key == null
                ? gate.authenticator().byUser(webhook.tenant(), webhook.user())
                : gate.authenticator().byKeyId(webhook.tenant(), key);
    }

    private void attempt(Delivery delivery, Webhook webhook, Caller caller) {
        Answer answer;
        try {
            Optional<Map<String, @Nullable Object>> body = payload.of(delivery, caller);
            if (body.isEmpty()) {
                deliveries.hide(delivery.id(), clock.instant());
                return;
            }
            // Judged again: what is allowed may have been changed since it was made.
            URI target = Target.check(webhook.url(), settings.rules());
            answer = post(delivery, webhook, target, Json.bytes(body.get()));
        } catch (Problem e) {
            answer = new Answer(null, e.code());
        } catch (RuntimeException e) {
            if (DatabaseException.isAway(e)) {
                // Nobody's fault outside; it is taken up again when its lease has run out.
                throw e;
            }
            LOG.error("webhook delivery {} failed: {}", Ids.toText(delivery.id()), e.toString());
            answer = new Answer(null, "system.incident");
        }
        end(delivery, answer);
    }

    private Answer post(Delivery delivery, Webhook webhook, URI target, byte[] body) {
        Instant now = clock.instant();
        String id = Ids.toText(delivery.id());
        long timestamp = now.getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(timestamp));
        headers.put("webhook-signature", Signature.of(webhook.secrets(now), id, timestamp, body));
        return courier().post(target, headers, body);
    }

    private void end(Delivery delivery, Answer answer) {
        Instant now = clock.instant();
        if (answer.isGood()) {
            deliveries.attempted(delivery.id(), State.DELIVERED, now, null, answer);
            webhooks.forgiveGivenUp(delivery.webhook());
            return;
        }
        int failures = delivery.attempts() + 1;
        if (failures >= RETRY.attempts() || now.isAfter(delivery.askedAt().plus(TRIED_FOR))) {
            deliveries.attempted(delivery.id(), State.DEAD, now, null, answer);
            webhooks.countGivenUp(delivery.webhook(), MOST_GIVEN_UP);
            return;
        }
        long longest = RETRY.after(failures).toMillis();
        Instant next = now.plusMillis(longest - (long) (chance.nextDouble() * longest / 2));
        deliveries.attempted(delivery.id(), State.WAITING, now, next, answer);
    }

    /** Made when it is needed first: most installations never do. */
    private synchronized Courier courier() {
        Courier present = courier;
        if (present == null) {
            present = new Courier(settings::rules, PATIENCE);
            courier = present;
        }
        return present;
    }

    @Deactivate
    void stop() throws InterruptedException, IOException {
        time.shutdown();
        // Not interrupted: Derby closes its files when a thread is interrupted while it reads them.
        workers.shutdown();
        closeCourier();
        workers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void closeCourier() throws IOException {
        if (courier != null) {
            courier.close();
        }
    }
}
