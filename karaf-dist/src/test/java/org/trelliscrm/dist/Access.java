// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each thing is tried as somebody who may not. */
abstract class Access {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String PASSWORD = "a quite long passphrase";

    private final Server server;
    private final Api admin;

    Access(Database database) {
        server = Servers.on(database);
        admin = server.admin();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            GET    | /api/contacts
            POST   | /api/contacts
            GET    | /api/contacts/0000000000000
            PATCH  | /api/contacts/0000000000000
            DELETE | /api/contacts/0000000000000
            GET    | /api/contacts/0000000000000/timeline
            POST   | /api/contacts/0000000000000/restore
            POST   | /api/users/0000000000000/actions/issue-key
            GET    | /api/contacts/export
            GET    | /api/types
            GET    | /api/users
            GET    | /api/modules
            POST   | /api/modules/pipeline/install
            POST   | /api/modules/pipeline/remove
            POST   | /api/imports
            GET    | /api/jobs
            GET    | /api/jobs/0000000000000
            GET    | /api/jobs/0000000000000/files/rejected.csv
            GET    | /api/x/pipeline
            GET    | /api/nothing/at/all
            GET    | /api/
            GET    | /nothing
            GET    | /system/console
            """)
    void nobodyGetsAnywhere(String method, String path) {
        admin.nobody().send(method, path, BodyPublishers.noBody()).expect(401).expectNoInsides();
        admin.nobody()
                .withKey("tcrm_nonsense")
                .send(method, path, BodyPublishers.noBody())
                .expect(401);
        admin.nobody()
                .with("Cookie", "trellis_session=nonsense")
                .send(method, path, BodyPublishers.noBody())
                .expect(401);
    }

    @Test
    void theStateOfTheSystemIsOpenAndTellsNothing() {
        Answer health = admin.nobody().get("/health").expect(200);

        assertThat(health.json()).containsExactly(Map.entry("status", "up"));
    }

    @Test
    void ownTeamAndAllReachWhatTheySay() {
        String team = admin.create("teams", Map.of("name", name("team")));
        String below = admin.create("teams", Map.of("name", name("team"), "parent", team));
        Api own = user(Map.of("contact", "own"), below);
        Api wide = user(Map.of("contact", "team"), team);
        String mark = name("mark");
        String mine = own.create("contacts", Map.of("name", "Mine", "source", mark));
        String theirs = wide.create("contacts", Map.of("name", "Theirs", "source", mark));
        String others = admin.create("contacts", Map.of("name", "Others", "source", mark));

        assertThat(ids(own, mark)).containsExactly(mine);
        assertThat(ids(wide, mark)).containsExactlyInAnyOrder(mine, theirs);
        assertThat(ids(admin, mark)).containsExactlyInAnyOrder(mine, theirs, others);
        assertThat(own.list("contacts", "source eq " + mark, "count=true").json())
                .containsEntry("total", 1);
        for (String hidden : List.of(theirs, others)) {
            own.get("/api/contacts/" + hidden).expectProblem(404, "record.notFound");
            own.get("/api/contacts/" + hidden + "/timeline").expectProblem(404, "record.notFound");
            own.patch("/api/contacts/" + hidden, Map.of("nickname", "x")).expectProblem(404, "record.notFound");
            own.delete("/api/contacts/" + hidden).expectProblem(404, "record.notFound");
            own.post("/api/contacts", Map.of("name", "x", "organization", hidden))
                    .expectFieldProblem("organization", "reference.notFound");
        }
        assertThat(own.get("/api/contacts/export?filter=" + Api.encode("source eq " + mark))
                        .expect(200)
                        .text())
                .contains("Mine")
                .doesNotContain("Theirs", "Others");
        wide.patch("/api/contacts/" + mine, Map.of("nickname", "seen")).expect(200);
        own.delete("/api/contacts/" + mine).expect(204);
        wide.post("/api/contacts/" + others + "/restore").expectProblem(404, "record.notFound");
    }

    @Test
    void whatOneMayNotSeeIsOnNoTimelineAndExpandsToNoTitle() {
        Api own = user(Map.of("contact", "all", "activity", "own"), null);
        String company = admin.create("contacts", Map.of("name", "Company", "kind", "organization"));
        String secret = admin.create(
                "activities", Map.of("kind", "note", "subject", "Secret", "links", List.of("contact:" + company)));
        String visible = own.create(
                "activities", Map.of("kind", "note", "subject", "Visible", "links", List.of("contact:" + company)));
        Api blind = user(Map.of("activity", "all"), null);

        assertThat(own.get("/api/contacts/" + company + "/timeline").items("id"))
                .containsExactly(visible);
        assertThat(admin.get("/api/contacts/" + company + "/timeline").items("id"))
                .containsExactlyInAnyOrder(visible, secret);
        Answer expanded =
                blind.get("/api/activities/" + secret + "?expand=links").expect(200);
        assertThat(expanded.list("links").get(0)).doesNotContainKey("title");
        blind.get("/api/contacts").expectProblem(403, "access.denied");
        assertThat(blind.get("/api/types").items("name")).containsExactly("activity");
    }

    @Test
    void aHiddenFieldIsNowhere() {
        Api blind = restricted("phone", "hidden");
        String mark = name("mark");
        String contact = admin.create(
                "contacts",
                Map.of("name", "Ann", "source", mark, "phones", List.of(Map.of("number", "+442079460018"))));

        assertThat(blind.get("/api/contacts/" + contact).json()).doesNotContainKey("phone");
        assertThat(blind.list("contacts", "source eq " + mark).items().get(0)).doesNotContainKey("phone");
        blind.list("contacts", "phone empty").expectProblem(400, "filter.unknownField");
        blind.get("/api/contacts?sort=phone").expectProblem(400, "sort.unknownField");
        blind.get("/api/contacts?fields=phone").expectProblem(400, "fields.unknown");
        blind.get("/api/contacts/export?fields=phone").expectProblem(400, "fields.unknown");
        assertThat(blind.get("/api/contacts/export?filter=" + Api.encode("source eq " + mark))
                        .expect(200)
                        .text())
                .doesNotContain("phone,");
        assertThat(String.valueOf(blind.get("/api/types").items().stream()
                        .filter(type -> "contact".equals(type.get("name")))
                        .findFirst()
                        .orElseThrow()
                        .get("fields")))
                .doesNotContain("name=phone,");
    }

    @Test
    void aReadOnlyFieldIsSeenAndNotWritten() {
        Api reader = restricted("notes", "read_only");
        String contact = admin.create("contacts", Map.of("name", "Ann", "notes", "Pays late"));

        assertThat(reader.get("/api/contacts/" + contact).json()).containsEntry("notes", "Pays late");
        reader.patch("/api/contacts/" + contact, Map.of("notes", "x")).expectFieldProblem("notes", "field.readOnly");
        reader.patch("/api/contacts/" + contact, Map.of("notes", "Pays late", "nickname", "a"))
                .expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "createdAt", "createdBy", "deletedAt", "version", "tenant", "tenant_id", "tenantId"})
    void nobodyWritesWhatTheSystemKeeps(String field) {
        admin.post("/api/contacts", Map.of("name", "Ann", field, "0000000000001"))
                .expectProblem(422, "record.invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"passwordHash", "sessionSeries", "passwordExpired"})
    void nobodyWritesTheInsidesOfAUser(String field) {
        admin.post("/api/users", Map.of("login", name("u"), "name", "U", field, "x"))
                .expectProblem(422, "record.invalid");
    }

    @Test
    void nobodyLiftsThemselves() {
        String user = admin.create(
                "users",
                Map.of(
                        "login",
                        name("u"),
                        "name",
                        "U",
                        "roles",
                        List.of(role(Map.of("user", "all", "contact", "own"), List.of()))));
        Api self = admin.keyOf(user);
        String administrator =
                admin.list("roles", "name eq administrator").items("id").get(0).toString();

        assertThat(self.patch("/api/users/" + user, Map.of("roles", List.of(administrator)))
                        .status())
                .isBetween(403, 422);
        assertThat(self.post("/api/users/" + adminId() + "/actions/issue-key", Map.of("name", "x"))
                        .status())
                .isEqualTo(403);
        assertThat(self.post("/api/users/" + adminId() + "/actions/set-password", Map.of("password", PASSWORD))
                        .status())
                .isEqualTo(403);
        self.post("/api/roles", Map.of("name", name("r"))).expectProblem(403, "access.denied");
        self.get("/api/modules").expectProblem(403, "access.denied");
        self.post("/api/modules/pipeline/install").expectProblem(403, "access.denied");
    }

    @Test
    void theLastAdministratorStays() {
        assertThat(admin.patch("/api/users/" + adminId(), Map.of("active", false))
                        .status())
                .isBetween(403, 422);
        assertThat(admin.delete("/api/users/" + adminId()).status()).isBetween(403, 422);
        assertThat(admin.patch("/api/users/" + adminId(), Map.of("roles", List.of()))
                        .status())
                .isBetween(403, 422);
    }

    @Test
    void aSessionIsKeptAsTheYardstickSays() {
        String login = person();
        Answer first = admin.signIn(login, PASSWORD).expect(200);
        Answer second = admin.signIn(login, PASSWORD).expect(200);

        assertThat(first.header("Set-Cookie")).contains("HttpOnly", "SameSite=", "Path=/");
        assertThat(first.header("Set-Cookie")).isNotEqualTo(second.header("Set-Cookie"));
        Api session = admin.withSession(first);
        assertThat(session.get("/api/session").expect(200).json()).containsEntry("mustChangePassword", true);
        session.get("/api/contacts").expectProblem(403, "access.changePasswordFirst");
        session.put("/api/session/password", Map.of("current", "wrong password", "new", PASSWORD + "!"))
                .expect(403);
        session.put("/api/session/password", Map.of("current", PASSWORD, "new", "short"))
                .expect(422);
        session.put("/api/session/password", Map.of("current", PASSWORD, "new", PASSWORD + "!"))
                .expect(204);
        // The other session ends with the old password.
        admin.withSession(second).get("/api/session").expect(401);
        admin.signIn(login, PASSWORD).expect(401);

        Answer third = admin.signIn(login, PASSWORD + "!").expect(200);
        Api signedIn = admin.withSession(third);
        signedIn.get("/api/session").expect(200);
        admin.nobody()
                .with("Cookie", third.header("Set-Cookie").split(";")[0])
                .post("/api/contacts", Map.of("name", "forged"))
                .expectProblem(403, "access.badCsrf");
        signedIn.delete("/api/session").expect(204);
        signedIn.get("/api/session").expect(401);
    }

    @Test
    void aKeyThatIsWithdrawnOpensNothing() {
        String user = admin.create(
                "users",
                Map.of("login", name("u"), "name", "U", "roles", List.of(role(Map.of("contact", "all"), List.of()))));
        Api key = admin.keyOf(user);
        key.get("/api/contacts").expect(200);
        Object keyId = admin.list("api-keys", "user eq " + user).items("id").get(0);

        admin.patch("/api/api-keys/" + keyId, Map.of("revoked", true)).expect(200);

        key.get("/api/contacts").expect(401);
        Api second = admin.keyOf(user);
        second.get("/api/contacts").expect(200);
        admin.patch("/api/users/" + user, Map.of("active", false)).expect(200);
        second.get("/api/contacts").expect(401);
    }

    @Test
    void guessingIsSlowedDownAndTellsNothing() {
        String login = person();
        Answer known = admin.signIn(login, "wrong").expect(401);
        Answer unknown = admin.signIn(name("nobody"), "wrong").expect(401);
        assertThat(known.json()).isEqualTo(unknown.json());

        List<Integer> statuses = new ArrayList<>();
        Answer last = known;
        for (int i = 0; i < 8; i++) {
            last = admin.signIn(login, "wrong");
            statuses.add(last.status());
        }

        assertThat(statuses).contains(429);
        last.expectProblem(429, "access.throttled");
        assertThat(Integer.parseInt(last.header("Retry-After"))).isPositive();
        // Not even the right password helps now.
        admin.signIn(login, PASSWORD).expect(429);
    }

    private String adminId() {
        return admin.list("users", "login eq admin").items("id").get(0).toString();
    }

    /** Somebody with a one-time password. */
    private String person() {
        String login = name("person");
        String id = admin.create(
                "users",
                Map.of("login", login, "name", login, "roles", List.of(role(Map.of("contact", "all"), List.of()))));
        admin.post("/api/users/" + id + "/actions/set-password", Map.of("password", PASSWORD))
                .expect(200);
        return login;
    }

    private Api user(Map<String, String> scopes, String team) {
        return admin.newUser(
                name("user"), List.of(role(scopes, List.of())), team == null ? Map.of() : Map.of("homeTeam", team));
    }

    private Api restricted(String field, String access) {
        String role =
                role(Map.of("contact", "all"), List.of(Map.of("type", "contact", "field", field, "access", access)));
        return admin.newUser(name("user"), List.of(role));
    }

    /** A role with every right to these types, as far as said. */
    private String role(Map<String, String> scopes, List<Map<String, Object>> fieldRules) {
        List<Map<String, Object>> grants = new ArrayList<>();
        scopes.forEach((type, scope) -> grants.add(Map.of("type", type, "verb", "*", "scope", scope)));
        return admin.create("roles", Map.of("name", name("role"), "grants", grants, "fieldRules", fieldRules));
    }

    private List<Object> ids(Api api, String mark) {
        return api.list("contacts", "source eq " + mark).expect(200).items("id");
    }

    private static String name(String prefix) {
        return prefix + "-" + COUNT.incrementAndGet() + "-" + System.nanoTime() % 100_000;
    }
}
