// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Others are told of changes: by webhooks, by open streams; and what runs by itself is seen. */
class TellingIT {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static Server server;
    private static Api api;
    private static HttpServer receiver;

    private final LinkedBlockingQueue<Told> told = new LinkedBlockingQueue<>();

    private record Told(String id, String timestamp, String signature, byte[] body) {}

    @BeforeAll
    static void start() throws IOException {
        server = Server.install("telling", Database.DERBY);
        server.start();
        api = server.admin();
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.start();
    }

    @AfterAll
    static void stop() {
        receiver.stop(0);
        server.stop();
    }

    @Test
    void aWebhookIsToldSignedAndOnlyWhereTheAdministratorAllowsIt() throws Exception {
        receiver.createContext("/hook", exchange -> {
            told.add(new Told(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        int port = receiver.getAddress().getPort();
        Map<String, Object> wish =
                Map.of("url", "http://127.0.0.1:" + port + "/hook", "topics", List.of("contact/created"));
        api.post("/api/webhooks", wish).expectProblem(422, "record.invalid");

        Files.writeString(
                server.home().resolve("etc/org.trelliscrm.webhooks.cfg"),
                "allowedNetworks = 127.0.0.0/8\nallowedPorts = 80,443," + port + "\n");
        Answer created = Await.until(
                "the setting is noticed",
                PATIENCE,
                () -> api.post("/api/webhooks", wish),
                answer -> answer.status() == 201);
        api.create("contacts", Map.of("name", "Told Abroad"));

        Told one = told.poll(60, TimeUnit.SECONDS);
        assertThat(one).as("a delivery within a minute").isNotNull();
        assertThat(new String(one.body(), StandardCharsets.UTF_8)).contains("Told Abroad", "contact/created");
        assertThat(one.signature()).isEqualTo(signature(created.text("secret"), one));
        assertThat(api.get("/api/webhooks/" + created.id()).expect(200).json()).doesNotContainKey("secret");
        Await.until(
                "it is delivered",
                PATIENCE,
                () -> api.get("/api/webhooks/" + created.id() + "/deliveries")
                        .expect(200)
                        .items("state"),
                List.of("delivered")::equals);
        api.post("/api/webhooks", Map.of("url", "http://169.254.169.254/", "topics", List.of("*")))
                .expectProblem(422, "record.invalid");
    }

    private static String signature(String secret, Told one) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        mac.update((one.id() + "." + one.timestamp() + ".").getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(one.body()));
    }

    @Test
    void whoWatchesSeesChangesWhileModulesComeAndGoAndMissesNothingInBetween() throws Exception {
        LinkedBlockingQueue<String> lines = watch("");
        String first = api.create("contacts", Map.of("name", "Seen One"));
        String id = awaitChange(lines, first);

        api.install("example");
        api.remove("example");
        String second = api.create("contacts", Map.of("name", "Seen Two"));
        awaitChange(lines, second);

        awaitChange(watch(id), second);
        api.nobody().get("/api/events?topics=*").expect(401);
        api.get("/api/events?topics=no%20topic").expectProblem(400, "webhook.notATopic");
        api.get("/api/events").expectProblem(400, "events.topics");
    }

    @Test
    void aStreamEndsWithItsKeyAndNobodyOpensThemWithoutEnd() throws Exception {
        Api watcher = api.newUser("watcher", List.of());
        for (int i = 0; i < 19; i++) {
            stream(watcher, "");
        }
        Stream<String> last = stream(watcher, "").body();
        assertThat(stream(watcher, "").statusCode()).isEqualTo(429);

        String key = (String) api.list("api-keys", "name eq test", "sort=-createdAt", "limit=1")
                .items()
                .get(0)
                .get("id");
        api.patch("/api/api-keys/" + key, Map.of("revoked", true)).expect(200);

        assertThat(last.filter(line -> line.startsWith("data:")))
                .as("nothing until its end")
                .isEmpty();
    }

    /** Opens a stream, after the place of an event if one is named, and gathers its lines. */
    private static LinkedBlockingQueue<String> watch(String lastEventId) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.base().resolve("/api/events?topics=contact/*"));
        api.headers().forEach(request::header);
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<Stream<String>> response =
                HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> response.body().forEach(lines::add));
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    private static HttpResponse<Stream<String>> stream(Api who, String lastEventId) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(who.base().resolve("/api/events?topics=contact/*"));
        who.headers().forEach(request::header);
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        return HTTP.send(request.build(), BodyHandlers.ofLines());
    }

    /** Reads on until a record is named, and tells the id of that event. */
    private static String awaitChange(LinkedBlockingQueue<String> lines, String record) throws InterruptedException {
        String id = "";
        String line = lines.poll(60, TimeUnit.SECONDS);
        while (line != null && !(line.startsWith("data:") && line.contains(record))) {
            id = line.startsWith("id:") ? line.substring(3).strip() : id;
            line = lines.poll(60, TimeUnit.SECONDS);
        }
        assertThat(line).as("an event within a minute that names " + record).isNotNull();
        return id;
    }

    @Test
    void whatRunsByItselfIsSeenAndCanBeRunOutOfTurn() {
        Answer schedules = Await.until(
                "there is a schedule", PATIENCE, () -> api.get("/api/schedules").expect(200), answer -> answer.items(
                                "kind")
                        .contains("webhook-sweep"));
        String id = (String) schedules.items().get(0).get("id");

        assertThat(api.await(api.post("/api/schedules/" + id + "/run"))).containsEntry("state", "done");

        assertThat(api.patch("/api/schedules/" + id, Map.of("paused", true))
                        .expect(200)
                        .json())
                .containsEntry("paused", true);
        assertThat(api.get("/api/jobs?kind=webhook-sweep&all=true").expect(200).items("state"))
                .contains("done");
    }
}
