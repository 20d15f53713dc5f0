// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.trelliscrm.api.access.Authenticator;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.FieldAccess;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.module.ActiveModule;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.data.Queries;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.feed.FeedControl;
import org.trelliscrm.runtime.jobs.FakeClock;
import org.trelliscrm.runtime.records.Engine;
import org.trelliscrm.runtime.records.VisibleChanges;
import org.trelliscrm.runtime.security.Gate;
import org.trelliscrm.runtime.webhooks.Delivery.State;

/** What somebody who has a webhook may rely on; the same on each database. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class WebhooksTest {

    private static final Caller ADMIN = Engine.caller(7, Rights.ALL);

    private final FakeClock clock = new FakeClock();
    private final Map<Long, Caller> people = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private volatile String path = "";
    private int test;
    private Engine engine;
    private HttpServer receiver;
    private WebhookTable table;
    private Webhooks webhooks;
    private WebhookSender sender;
    private WebhookFeed feed;

    private record Received(String id, String timestamp, String signature, byte[] bytes) {
        Map<String, Object> body() {
            return Json.readObject(new String(bytes, StandardCharsets.UTF_8));
        }

        @SuppressWarnings("unchecked")
        Map<String, Object> data() {
            return (Map<String, Object>) body().get("data");
        }
    }

    abstract Engine start();

    @BeforeAll
    void open() throws IOException {
        engine = start();
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            // What a webhook of an earlier test still sends is not this one's.
            LinkedBlockingQueue<Received> mine =
                    exchange.getRequestURI().getPath().startsWith(path) ? received : new LinkedBlockingQueue<>();
            mine.add(new Received(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        receiver.start();
        WebhookSettings settings = new WebhookSettings();
        settings.set(settings("127.0.0.0/8", "443," + receiver.getAddress().getPort()));
        table = new WebhookTable(engine.dataSource);
        DeliveryTable deliveries = new DeliveryTable(engine.dataSource);
        Ids ids = new Ids(Clock.systemUTC());
        webhooks = new Webhooks(table, deliveries, settings, ids, clock);
        sender = new WebhookSender(
                core(),
                table,
                deliveries,
                new WebhookPayload(new VisibleChanges(engine.dataSource, engine.records, engine.types)),
                gate(),
                settings,
                clock);
        feed = new WebhookFeed(table, deliveries, sender, ids, clock);
        FeedControl.start(engine.feed, feed);
    }

    @AfterAll
    void close() throws Exception {
        sender.stop();
        FeedControl.stop(engine.feed);
        engine.close();
        receiver.stop(0);
    }

    @BeforeEach
    void begin() {
        path = "/" + test++ + "/";
        people.put(7L, ADMIN);
        status.set(200);
    }

    @AfterEach
    void tidy() {
        webhooks.list(ADMIN).forEach(webhook -> webhooks.delete(ADMIN, webhook.id()));
        received.clear();
    }

    @Test
    void aChangeIsToldSigned() throws Exception {
        Webhook webhook = create(ADMIN, "thing/created");

        String id = thing(Map.of("name", "Teapot", "size", 3));

        Received told = next();
        assertThat(told.body()).containsEntry("type", "thing/created");
        assertThat(told.data()).containsEntry("id", id).containsEntry("verb", "create");
        assertThat(told.data().get("record").toString()).contains("Teapot");
        assertThat(told.signature())
                .isEqualTo(Signature.of(
                        List.of(webhook.secret()), told.id(), Long.parseLong(told.timestamp()), told.bytes()));
        awaitState(webhook, State.DELIVERED);
    }

    @Test
    void onlyWhatWasWishedForIsTold() throws Exception {
        create(ADMIN, "thing/updated", "other/*");

        String id = thing(Map.of("name", "one"));
        engine.records.update(ADMIN, "thing", Ids.fromText(id).getAsLong(), Map.of("name", "two"), null);

        assertThat(next().body()).containsEntry("type", "thing/updated");
        assertThat(received).isEmpty();
    }

    @Test
    void whatWasBeforeIsNotTold() throws Exception {
        thing(Map.of("name", "before"));
        untilOrdered();
        create(ADMIN, "*");

        thing(Map.of("name", "after"));

        assertThat(next().data().get("record").toString()).contains("after");
    }

    @Test
    void itSeesWithTheRightsThatItsOwnerHasAtThatMoment() throws Exception {
        Rights rights = new Rights(
                Map.of("thing", Map.of("read", Scope.OWN), "webhook", Map.of("*", Scope.ALL)),
                Map.of("thing", Map.of("size", FieldAccess.HIDDEN)));
        Caller bela = Engine.caller(9, rights);
        people.put(9L, bela);
        Webhook webhook = create(bela, "*");

        thing(Map.of("name", "not Bela's", "size", 1));
        String own = (String) engine.records
                .create(Engine.caller(9, Rights.ALL), "thing", Map.of("name", "Bela's", "size", 2))
                .get("id");

        Received told = next();
        assertThat(told.data()).containsEntry("id", own);
        assertThat(told.data().toString()).doesNotContain("size");
        until(() -> states(webhook).equals(List.of(State.DELIVERED, State.HIDDEN)));
    }

    @Test
    void theChangesOfOneRecordComeInTheirOrderHoweverOftenOneFails() throws Exception {
        Webhook webhook = create(ADMIN, "thing/*");
        status.set(500);
        String id = thing(Map.of("name", "one"));
        until(() -> attempts(webhook).equals(List.of(1)));
        engine.records.update(ADMIN, "thing", Ids.fromText(id).getAsLong(), Map.of("name", "two"), null);
        until(() -> states(webhook).size() == 2);
        sender.poll();
        status.set(200);

        clock.goOn(Duration.ofMinutes(1));
        until(() -> states(webhook).equals(List.of(State.DELIVERED, State.DELIVERED)));

        List<Object> told = received.stream().map(one -> one.body().get("type")).toList();
        assertThat(told).containsExactly("thing/created", "thing/created", "thing/updated");
        assertThat(received.stream().map(Received::id).distinct())
                .as("two deliveries")
                .hasSize(2);
    }

    @Test
    void whatFailsForADayIsGivenUpAndAfterSomeOfThoseTheWebhookIsPaused() {
        Webhook webhook = create(ADMIN, "thing/created");
        status.set(503);
        for (int i = 0; i < WebhookSender.MOST_GIVEN_UP; i++) {
            thing(Map.of("name", "thing " + i));
        }
        until(() -> received.size() >= WebhookSender.MOST_GIVEN_UP);
        until(() -> attempts(webhook).equals(List.of(1, 1, 1, 1, 1)));

        clock.goOn(Duration.ofHours(25));
        until(() -> states(webhook).stream().allMatch(State.DEAD::equals));

        until(() -> "webhook.givenUp".equals(webhooks.get(ADMIN, webhook.id()).pausedBecause()));
        assertThat(webhooks.get(ADMIN, webhook.id()).active()).isFalse();
        Delivery dead =
                webhooks.deliveries(ADMIN, webhook.id(), State.DEAD, null, 1).get(0);
        assertThat(dead.status()).isEqualTo(503);
        status.set(200);
        received.clear();
        webhooks.update(ADMIN, webhook.id(), Map.of("active", true));
        webhooks.replay(ADMIN, webhook.id(), dead.id());
        until(() -> received.size() == 1);
        assertThat(received.peek().id()).isEqualTo(Ids.toText(dead.id()));
    }

    @Test
    void aWebhookBehindWhichNobodyStandsAnyMoreIsPaused() {
        people.put(9L, Engine.caller(9, Rights.ALL));
        Webhook webhook = create(people.get(9L), "*");

        people.remove(9L);
        thing(Map.of("name", "secret"));

        until(() -> "webhook.nobody".equals(webhooks.get(ADMIN, webhook.id()).pausedBecause()));
        assertThat(received).isEmpty();
    }

    @Test
    void whoChangesAWebhookOfAnotherLetsItSeeWithTheirOwnRights() {
        Webhook webhook = create(ADMIN, "*");
        Rights rights = new Rights(Map.of("webhook", Map.of("*", Scope.ALL)), Map.of());
        Caller bela = Engine.caller(9, rights);
        people.put(9L, bela);

        webhooks.update(bela, webhook.id(), Map.of("url", url() + "bela"));

        assertThat(webhooks.get(ADMIN, webhook.id()).user()).isEqualTo(9);
    }

    @Test
    void aTestIsSentWhateverTheTopics() throws Exception {
        Webhook webhook = create(ADMIN, "deal/win");

        webhooks.test(ADMIN, webhook.id());

        assertThat(next().body()).containsEntry("type", "webhook/test");
    }

    @Test
    void anOldSecretSignsForADayBesideTheNewOne() throws Exception {
        Webhook before = create(ADMIN, "*");
        Webhook after = webhooks.rotateSecret(ADMIN, before.id());

        webhooks.test(ADMIN, before.id());
        String both = next().signature();
        clock.goOn(Duration.ofHours(25));
        webhooks.test(ADMIN, before.id());
        String one = next().signature();

        assertThat(after.secret()).isNotEqualTo(before.secret());
        assertThat(both.split(" ")).hasSize(2);
        assertThat(one.split(" ")).hasSize(1);
    }

    @Test
    void whatTheFeedBringsTwiceIsToldOnce() {
        Webhook webhook = create(ADMIN, "thing/created");
        thing(Map.of("name", "once"));
        until(() -> states(webhook).size() == 1);
        long position =
                webhooks.deliveries(ADMIN, webhook.id(), null, null, 1).get(0).position();

        feed.changed(List.of(new VisibleChanges(engine.dataSource, engine.records, engine.types)
                .at(position)
                .orElseThrow()));

        assertThat(states(webhook)).hasSize(1);
    }

    @Test
    void whoMayNotNeitherSeesNorChanges() {
        long id = create(ADMIN, "*").id();
        Caller nobody = Engine.caller(9, Rights.NONE);
        Caller reader = Engine.caller(9, new Rights(Map.of("webhook", Map.of("read", Scope.ALL)), Map.of()));
        Caller own = Engine.caller(9, new Rights(Map.of("webhook", Map.of("*", Scope.OWN)), Map.of()));
        Caller elsewhere = new Caller(2, 7L, "Eve", Set.of(), null, Rights.ALL, Locale.ENGLISH, clock.getZone());

        assertThatThrownBy(() -> webhooks.list(nobody)).isInstanceOf(Denied.class);
        assertThatThrownBy(() -> webhooks.create(reader, wish("*"))).isInstanceOf(Denied.class);
        assertThatThrownBy(() -> webhooks.rotateSecret(reader, id)).isInstanceOf(Denied.class);
        assertThatThrownBy(() -> webhooks.delete(reader, id)).isInstanceOf(Denied.class);
        assertThat(webhooks.list(own)).isEmpty();
        assertThatThrownBy(() -> webhooks.get(own, id)).isInstanceOf(NotFound.class);
        assertThat(webhooks.list(elsewhere)).isEmpty();
        assertThatThrownBy(() -> webhooks.update(elsewhere, id, wish("*"))).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> webhooks.deliveries(elsewhere, id, null, null, 5))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("url", url()),
                Map.of("url", 5, "topics", List.of("*")),
                Map.of("url", url(), "topics", List.of()),
                Map.of("url", url(), "topics", "*"),
                Map.of("url", url(), "topics", List.of("contact created")),
                Map.of("url", url(), "topics", List.of("*"), "secret", "mine"),
                Map.of("url", "http://169.254.169.254/", "topics", List.of("*")))) {
            assertThatThrownBy(() -> webhooks.create(ADMIN, wrong))
                    .as(wrong.toString())
                    .isInstanceOf(Invalid.class);
        }
    }

    @Test
    void settingsThatCannotBeReadLetNothingOut() {
        WebhookSettings settings = new WebhookSettings();

        settings.set(settings("the office", "80"));

        assertThat(settings.rules().mayUse(80)).isFalse();
    }

    private void untilOrdered() {
        Queries queries = new Queries(engine.dataSource);
        Sql waiting = new Sql("select count(*) from change_log where feed_position is null");
        until(() -> queries.list(waiting, row -> row.getInt(1)).get(0) == 0);
    }

    private Webhook create(Caller caller, String... topics) {
        return webhooks.create(caller, wish(topics));
    }

    private Map<String, Object> wish(String... topics) {
        return Map.of("url", url(), "topics", List.of(topics));
    }

    private String url() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
    }

    private String thing(Map<String, Object> values) {
        return (String) engine.records.create(ADMIN, "thing", values).get("id");
    }

    private Received next() throws InterruptedException {
        until(() -> !received.isEmpty());
        return received.take();
    }

    private List<Integer> attempts(Webhook webhook) {
        return webhooks.deliveries(ADMIN, webhook.id(), null, null, 100).stream()
                .map(Delivery::attempts)
                .toList();
    }

    private List<State> states(Webhook webhook) {
        return webhooks.deliveries(ADMIN, webhook.id(), null, null, 100).stream()
                .map(Delivery::state)
                .toList();
    }

    private void awaitState(Webhook webhook, State state) {
        until(() -> states(webhook).equals(List.of(state)));
    }

    private void until(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(30);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("in time").isBefore(end);
            sender.poll();
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Gate gate() {
        Authenticator authenticator = (Authenticator) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Authenticator.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("byUser")) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    return Optional.ofNullable(people.get((Long) arguments[1]));
                });
        return new Gate() {
            @Override
            public Authenticator authenticator() {
                return authenticator;
            }

            @Override
            public boolean isReady() {
                return true;
            }
        };
    }

    private static WebhookSettings.Settings settings(String networks, String ports) {
        return new WebhookSettings.Settings() {
            @Override
            public String allowedNetworks() {
                return networks;
            }

            @Override
            public String allowedPorts() {
                return ports;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return WebhookSettings.Settings.class;
            }
        };
    }

    private static ActiveModule core() {
        return new ActiveModule() {
            @Override
            public String id() {
                return "core";
            }

            @Override
            public String version() {
                return "1";
            }
        };
    }
}
