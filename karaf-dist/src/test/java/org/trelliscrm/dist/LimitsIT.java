// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A key has its own number of requests a minute, and nobody else is slowed down by it. */
class LimitsIT {

    private final Api admin = Servers.on(Database.DERBY).admin();
    private final String login = "limit-" + UUID.randomUUID();

    private String keyOf(String user) {
        return (String) admin.list("api-keys", "user eq " + user).items("id").get(0);
    }

    @Test
    void aKeyThatAsksTooOftenWaits() {
        String user = admin.create("users", Map.of("login", login, "name", login));
        Api limited = admin.keyOf(user);
        assertThat(limited.get("/api/types").expect(200).header("RateLimit-Limit"))
                .isEmpty();
        admin.patch("/api/api-keys/" + keyOf(user), Map.of("requestsPerMinute", 2))
                .expect(200);
        Await.until(
                "the limit works",
                Server.PATIENCE,
                () -> limited.get("/api/types").status(),
                status -> status == 429);

        Answer refused = limited.with("Accept-Language", "cy").get("/api/types");

        refused.expectProblem(429, "access.tooManyRequests");
        assertThat(refused.text("title")).contains("eiliad");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 30);
        assertThat(refused.header("RateLimit-Limit")).isEqualTo("2");
        assertThat(refused.header("RateLimit-Remaining")).isEqualTo("0");
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("2;w=60");
        admin.get("/api/types").expect(200);
        admin.patch("/api/api-keys/" + keyOf(user), Map.of("requestsPerMinute", 0))
                .expect(200);
        Await.until(
                "the limit is off",
                Server.PATIENCE,
                () -> limited.get("/api/types").status(),
                status -> status == 200);
    }

    @Test
    void onlyAnAdministratorSetsALimit() {
        String role = admin.create(
                "roles",
                Map.of(
                        "name",
                        login,
                        "grants",
                        List.of(
                                Map.of("type", "api_key", "verb", "read", "scope", "own"),
                                Map.of("type", "api_key", "verb", "update", "scope", "own"))));
        String user = admin.create("users", Map.of("login", login, "name", login, "roles", List.of(role)));
        Api owner = admin.keyOf(user);
        String path = "/api/api-keys/" + keyOf(user);

        owner.patch(path, Map.of("requestsPerMinute", 0)).expectProblem(403, "access.limitByAdministrator");
        owner.patch(path, Map.of("name", "mine")).expect(200);
        admin.patch(path, Map.of("requestsPerMinute", -1)).expectFieldProblem("requestsPerMinute", "field.outOfRange");
        admin.patch(path, Map.of("requestsPerMinute", "many"))
                .expectFieldProblem("requestsPerMinute", "field.notNumber");
    }
}
