// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** PostgreSQL goes away while people work, and comes back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseAwayIT {

    private static final int CLIENTS = 4;
    private static final int SOME_WRITES = 20;
    private static final Duration AWAY = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Postgres postgres;
    private Server server;

    @BeforeAll
    void start() throws IOException {
        postgres = Postgres.start("postgresql-away");
        server = Server.empty("database-away");
        postgres.prepare(server.home());
        server.start();
    }

    @AfterAll
    void stop() {
        server.stop();
        postgres.stop();
    }

    @Test
    void whileTheDatabaseIsAwayEverybodyIsToldToWaitAndNothingIsLost() throws Exception {
        Load load = new Load(server.admin(), CLIENTS);
        Await.until("much is being written", PATIENCE, load::acknowledged, count -> count > SOME_WRITES);

        postgres.stop();
        long stopped = System.nanoTime();
        Await.until("it says that it is not well", PATIENCE, this::health, status -> status == 503);
        Answer refused = server.admin().post("/api/contacts", Map.of("name", "Too late"));
        Answer unread = server.admin().get("/api/contacts");
        Answer notSignedIn = server.api().signIn("admin", Server.PASSWORD);
        Await.until(
                "ten seconds are over",
                PATIENCE,
                () -> System.nanoTime() - stopped,
                elapsed -> elapsed > AWAY.toNanos());
        postgres.startAgain();

        Await.until("it is well again", PATIENCE, this::health, status -> status == 200);
        int before = load.acknowledged();
        Await.until("much is being written again", PATIENCE, load::acknowledged, count -> count > before + SOME_WRITES);
        Load.Result result = load.stop();

        for (Answer answer : List.of(refused, unread, notSignedIn)) {
            answer.expectProblem(503, "database.away");
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        }
        assertThat(result.failures()).isNotEmpty().allSatisfy(failure -> assertThat(failure)
                .contains("-> 503", "retry-after", "database.away"));
        assertThat(result.created())
                .allSatisfy(id -> server.admin().get("/api/contacts/" + id).expect(200));
        assertThat(server.errors()).isEmpty();
    }

    private int health() {
        return server.api().get("/health").status();
    }
}
