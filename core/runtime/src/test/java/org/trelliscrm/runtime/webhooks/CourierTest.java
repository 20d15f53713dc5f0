// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trelliscrm.runtime.webhooks.Courier.Answer;

class CourierTest {

    private static final AddressRules LOOPBACK = new AddressRules(Network.all("127.0.0.1"), Set.of());
    private static final AddressRules PUBLIC = new AddressRules(List.of(), Set.of());

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void theAnswerIsToldAndItsBeginningKept() throws Exception {
        answer("/", 201, "thanks".repeat(1000).getBytes());

        Answer answer = post(LOOPBACK, "/");

        assertThat(answer.isGood()).isTrue();
        assertThat(answer.said()).hasSize(1024).startsWith("thanks");
    }

    @Test
    void aRedirectIsAFailureAndNotFollowed() throws Exception {
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:" + port() + "/inside");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        answer("/inside", 200, new byte[0]);

        Answer answer = post(LOOPBACK, "/moved");

        assertThat(answer.status()).isEqualTo(307);
        assertThat(answer.isGood()).isFalse();
        assertThat(requests).hasValue(0);
    }

    @Test
    void whatIsInsideIsNotReachedByAnAddressOrAName() throws Exception {
        answer("/", 200, new byte[0]);

        Answer byAddress = post(PUBLIC, "/");
        Answer byName = post(PUBLIC, URI.create("http://hooks.example.com:" + port() + "/"), host -> inside());

        assertThat(byAddress.status()).isNull();
        assertThat(byName.status()).isNull();
        assertThat(byName.said()).contains("never reached");
        assertThat(requests).hasValue(0);
    }

    @Test
    void anAddressThatTurnsInwardsAfterItWasJudgedIsNotAskedForAgain() throws Exception {
        answer("/", 200, new byte[0]);
        AtomicInteger asked = new AtomicInteger();

        Answer answer = post(LOOPBACK, URI.create("http://hooks.example.com:" + port() + "/"), host -> {
            asked.incrementAndGet();
            return inside();
        });

        assertThat(answer.isGood())
                .as("the name leads to what this test allows")
                .isTrue();
        assertThat(asked).as("one answer, judged and connected to").hasValue(1);
    }

    @Test
    void oneAddressInsideAmongOthersIsEnoughToRefuse() throws Exception {
        InetAddress[] both = {InetAddress.getByName("93.184.216.34"), InetAddress.getByName("127.0.0.1")};

        Answer answer = post(PUBLIC, URI.create("http://hooks.example.com:" + port() + "/"), host -> both);

        assertThat(answer.said()).contains("never reached");
    }

    @Test
    void whoNeverAnswersIsLeft() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Courier courier = new Courier(() -> LOOPBACK, Duration.ofMillis(400))) {

            Answer answer =
                    courier.post(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"), Map.of(), new byte[0]);

            assertThat(answer.status()).isNull();
        }
    }

    @Test
    void whoAnswersOneByteAtATimeIsLeftToo() throws Exception {
        server.createContext("/drip", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (!threads.isShutdown()) {
                    out.write('.');
                    out.flush();
                    LockSupport.parkNanos(20_000_000);
                }
            } catch (IOException e) {
                requests.incrementAndGet();
            }
        });
        try (Courier courier = new Courier(() -> LOOPBACK, Duration.ofMillis(600))) {

            Answer answer = courier.post(URI.create("http://127.0.0.1:" + port() + "/drip"), Map.of(), new byte[0]);

            assertThat(answer.status()).isNull();
        }
    }

    @Test
    void ofTenGigabytesALittleIsReadAndTheRestLeft() throws Exception {
        AtomicLong sent = new AtomicLong();
        long all = 10L << 30;
        server.createContext("/huge", exchange -> {
            exchange.sendResponseHeaders(200, all);
            byte[] piece = new byte[1 << 16];
            try (OutputStream out = exchange.getResponseBody()) {
                while (sent.get() < all) {
                    out.write(piece);
                    sent.addAndGet(piece.length);
                }
            } catch (IOException e) {
                requests.incrementAndGet();
            }
        });

        Answer answer = post(LOOPBACK, "/huge");

        assertThat(answer.isGood()).isTrue();
        assertThat(sent.get()).isLessThan(1L << 28);
    }

    private void answer(String path, int status, byte[] body) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private static InetAddress[] inside() {
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    private Answer post(AddressRules rules, String path) throws IOException {
        try (Courier courier = new Courier(() -> rules, Duration.ofSeconds(20))) {
            return courier.post(URI.create("http://127.0.0.1:" + port() + path), Map.of(), new byte[0]);
        }
    }

    private interface Names {
        InetAddress[] of(String host);
    }

    private Answer post(AddressRules rules, URI target, Names names) throws IOException {
        DnsResolver resolver = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) {
                return names.of(host);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        try (Courier courier = new Courier(() -> rules, Duration.ofSeconds(20), resolver)) {
            return courier.post(target, Map.of(), new byte[0]);
        }
    }
}
