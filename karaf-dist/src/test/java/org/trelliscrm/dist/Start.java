// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The first start and all that can follow it: a second start, a power failure, a lost cache, another instance. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Start {

    private static final int CLIENTS = 4;
    private static final int ENOUGH_WRITES = 40;

    private final Database database;
    private Server server;
    private String firstWords;
    private String contact;
    private String deal;

    Start(Database database) {
        this.database = database;
    }

    @BeforeAll
    void installAndFill() {
        server = Server.install("start-" + database.name().toLowerCase(Locale.ROOT), database);
        firstWords = server.start();
        server.admin().install("pipeline");
        contact = server.admin().create("contacts", Map.of("name", "Mary Somerville"));
        deal = server.admin().create("deals", Map.of("name", "Orrery", "contact", contact));
    }

    @AfterAll
    void stopWithoutHavingMetAnError() {
        server.stop();

        assertThat(server.errors()).isEmpty();
    }

    @Test
    void theFirstStartSaysHowToSignInAndASecondOneFindsDataAndModules() {
        server.stop();

        String later = server.start();

        assertThat(firstWords)
                .contains("http://localhost:" + server.port() + "/", "First sign-in", "user admin, password ");
        assertThat(later).contains("http://localhost:" + server.port() + "/").doesNotContain("First sign-in");
        assertThat(server.home().resolve("first-sign-in.txt")).doesNotExist();
        expectEverythingThere();
    }

    @Test
    void whatWasAcknowledgedOutlivesAPowerFailure() throws Exception {
        Load load = new Load(server.admin(), CLIENTS);
        Await.until("much is being written", Server.PATIENCE, load::acknowledged, count -> count > ENOUGH_WRITES);

        server.kill9();
        List<String> acknowledged = load.stop().created();
        server.start();

        assertThat(acknowledged)
                .allSatisfy(id -> server.admin().get("/api/contacts/" + id).expect(200));
        expectEverythingThere();
    }

    @Test
    void anEmptiedBundleCacheBringsTheWantedModulesBack() throws IOException {
        server.stop();
        Distribution.delete(server.home().resolve("data").resolve("cache"));

        server.start();

        Await.until(
                "pipeline serves",
                Server.PATIENCE,
                () -> server.admin().get("/api/modules/pipeline").json().get("state"),
                "active"::equals);
        expectEverythingThere();
    }

    private void expectEverythingThere() {
        Await.until(
                "deals are served",
                Server.PATIENCE,
                () -> server.admin().get("/api/deals/" + deal).status(),
                status -> status == 200);
        assertThat(server.admin().get("/api/contacts/" + contact).expect(200).json())
                .containsEntry("name", "Mary Somerville");
        assertThat(server.admin().get("/api/deals/" + deal).json()).containsEntry("contact", contact);
        assertThat(server.api().signIn("admin", Server.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void aSecondInstanceOnTheSameHomeIsRefused() {
        Script.Said said = server.script()
                .with("CRM_HTTP_PORT", Integer.toString(Server.freePort()))
                .say("start");

        assertThat(said.code()).isNotZero();
        assertThat(said.words())
                .contains("already running", server.home().toString(), "http://localhost:" + server.port() + "/");
        server.admin().get("/api/contacts/" + contact).expect(200);
    }

    @Test
    void aTakenPortIsRefused() throws IOException {
        Server other = Server.empty("start-elsewhere");
        try (ServerSocket taken = new ServerSocket(0)) {
            Script.Said said = other.script()
                    .with("CRM_HTTP_PORT", Integer.toString(taken.getLocalPort()))
                    .say("start");

            assertThat(said.code()).isNotZero();
            assertThat(said.words()).contains("port " + taken.getLocalPort() + " is taken", "CRM_HTTP_PORT=");
        }
        assertThat(Files.exists(other.home().resolve("data").resolve("derby"))).isFalse();
    }

    @Test
    void nothingIsWrittenOutsideTheHome() {
        Path distribution = Distribution.unpacked();

        assertThat(distribution.resolve("data")).doesNotExist();
        assertThat(distribution.resolve("home")).doesNotExist();
    }
}
