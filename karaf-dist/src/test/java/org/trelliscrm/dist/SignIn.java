// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody gets in without a key or a session, and those end when they should. */
abstract class SignIn {

    private static final String FIRST = "first of many secrets";
    private static final String SECOND = "second of many secrets";

    private final Api admin;
    private final Api nobody;

    SignIn(Database database) {
        Server server = Servers.on(database);
        admin = server.admin();
        nobody = server.api();
    }

    // ------------------------------------------------------------------------------------------------ strangers

    @Test
    void aStrangerGetsNothingAnywhere() {
        admin.install("pipeline");
        List<String> paths = new ArrayList<>(List.of(
                "/api/",
                "/api/types",
                "/api/modules",
                "/api/modules/pipeline",
                "/api/modules/pipeline/install",
                "/api/modules/pipeline/remove",
                "/api/jobs",
                "/api/jobs/0000000000001",
                "/api/jobs/0000000000001/files/rejected.csv",
                "/api/imports",
                "/api/x/pipeline",
                "/api/x/pipeline/anything",
                "/api/x",
                "/api/no-such-collection",
                "/api/contacts/a/b/c/d",
                "/api/sessions",
                "/api/session/anything",
                "/no/such/page",
                "/system/console"));
        for (Object collection : admin.get("/api/types").items("collection")) {
            for (String path : List.of(
                    "",
                    "/export",
                    "/0000000000001",
                    "/0000000000001/timeline",
                    "/0000000000001/restore",
                    "/0000000000001/actions/win")) {
                paths.add("/api/" + collection + path);
            }
        }

        for (String path : paths) {
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
                nobody.send(method, path, BodyPublishers.noBody()).expectProblem(401, "access.signInFirst");
            }
            assertThat(nobody.send("HEAD", path, BodyPublishers.noBody()).status())
                    .isEqualTo(401);
            nobody.with("Cookie", "trellis_session=nonsense").get(path).expectProblem(401, "access.signInFirst");
            nobody.withKey("nonsense").get(path).expectProblem(401, "access.badKey");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/session/../contacts",
                "/api/session/%2e%2e/contacts",
                "/api/session;x=/../contacts",
                "/api/session/;/../contacts",
                "/api//contacts",
                "//api/contacts",
                "/./api/contacts",
                "/api/contacts;x=1",
                "/api;x=1/contacts",
                "/%61pi/contacts",
                "/ui/../api/contacts",
                "/ui/%2e%2e/api/contacts",
                "/ui/..;/api/contacts",
                "/ui%2f..%2fapi/contacts",
                "/health/../api/contacts",
                "/health;/../api/contacts",
                "/api/contacts?x=/api/session",
                "/API/contacts",
                "/api/session%00/../contacts"
            })
    void noDetourLeadsAStrangerIn(String path) throws Exception {
        assertThat(RawHttp.get(nobody, path)).isIn(400, 401, 404);
    }

    @Test
    void healthIsOpenAndTellsNoDetails() {
        Answer health = nobody.get("/health").expect(200);

        assertThat(health.json()).isEqualTo(Map.of("status", "up"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer ",
                "Bearer nonsense",
                "Bearer tcrm_abcdefghijkl_abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq",
                "Basic YWRtaW46YWRtaW4=",
                "nonsense"
            })
    void aKeyThatIsNoneOpensNothing(String authorization) {
        Answer answer = nobody.with("Authorization", authorization).get("/api/contacts");

        assertThat(answer.expect(401).text("code")).startsWith("access.");
        assertThat(answer.header("WWW-Authenticate")).isNotBlank();
    }

    // ------------------------------------------------------------------------------------------------ keys

    @Test
    void aWithdrawnKeyOpensNothing() {
        Person person = person();
        Api key = admin.keyOf(person.id());
        key.get("/api/session").expect(401);
        key.get("/api/contacts").expect(200);
        String record = (String)
                admin.list("api-keys", "user eq " + person.id()).items("id").get(0);

        admin.patch("/api/api-keys/" + record, Map.of("revoked", true)).expect(200);

        key.get("/api/contacts").expectProblem(401, "access.badKey");
        admin.patch("/api/api-keys/" + record, Map.of("revoked", false)).expectProblem(409, "access.keyRevoked");
    }

    @Test
    void aKeyInTheTrashOpensNothing() {
        Person person = person();
        Api key = admin.keyOf(person.id());
        String record = (String)
                admin.list("api-keys", "user eq " + person.id()).items("id").get(0);

        admin.delete("/api/api-keys/" + record).expect(204);

        key.get("/api/contacts").expectProblem(401, "access.badKey");
    }

    @Test
    void whoeverIsPutOutIsOutAtOnce() {
        Person person = person();
        Api key = admin.keyOf(person.id());
        Api session = person.signIn();

        admin.patch("/api/users/" + person.id(), Map.of("active", false)).expect(200);

        key.get("/api/contacts").expect(401);
        session.get("/api/contacts").expect(401);
        nobody.signIn(person.login(), FIRST).expectProblem(401, "access.wrongCredentials");
        admin.patch("/api/users/" + person.id(), Map.of("active", true)).expect(200);
        key.get("/api/contacts").expect(401);
        session.get("/api/contacts").expect(401);
    }

    // ------------------------------------------------------------------------------------------------ sessions

    @Test
    void theCookieOfASessionIsOutOfReachOfScriptsAndOtherSites() {
        Answer signedIn = nobody.signIn(person().login(), FIRST).expect(200);

        assertThat(signedIn.header("Set-Cookie")).contains("; HttpOnly", "; SameSite=", "; Path=/");
        assertThat(signedIn.header("Set-Cookie")).doesNotContain("SameSite=None", "Domain=");
    }

    @Test
    void aSignInNeverTakesOverASessionThatSomebodyElseChose() {
        Person person = person();
        String before = nobody.signIn(person.login(), FIRST).expect(200).header("Set-Cookie");

        String after = nobody.with("Cookie", before.split(";")[0])
                .post("/api/session", Map.of("user", person.login(), "password", FIRST))
                .expect(200)
                .header("Set-Cookie");

        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void aSessionWritesOnlyWithItsCsrfValue() {
        Answer signedIn = nobody.signIn(person().login(), FIRST).expect(200);
        Api without = nobody.with("Cookie", signedIn.header("Set-Cookie").split(";")[0]);
        Map<String, Object> contact = Map.of("name", "Written");

        without.get("/api/contacts").expect(200);
        without.get("/api/session").expect(200);
        without.post("/api/contacts", contact).expectProblem(403, "access.badCsrf");
        without.with("X-CSRF-Token", "nonsense").post("/api/contacts", contact).expectProblem(403, "access.badCsrf");
        without.delete("/api/session").expectProblem(403, "access.badCsrf");
        without.put("/api/session/password", Map.of("current", FIRST, "new", SECOND))
                .expectProblem(403, "access.badCsrf");
        nobody.withSession(signedIn).post("/api/contacts", contact).expect(201);
    }

    @Test
    void aSignInMustBeJsonSoThatNoOtherSiteCanSendIt() {
        nobody.with("Content-Type", "text/plain")
                .send("POST", "/api/session", BodyPublishers.ofString("{\"user\":\"admin\",\"password\":\"x\"}"))
                .expectProblem(415, "http.415");
    }

    @Test
    void afterSigningOutTheSessionIsOver() {
        Api session = person().signIn();
        session.get("/api/contacts").expect(200);

        Answer out = session.delete("/api/session").expect(204);

        assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
        session.get("/api/contacts").expectProblem(401, "access.signInFirst");
        session.get("/api/session").expectProblem(401, "access.signInFirst");
    }

    @Test
    void anotherPasswordEndsTheOtherSessions() {
        Person person = person();
        Api here = person.signIn();
        Api elsewhere = person.signIn();

        here.put("/api/session/password", Map.of("current", "nonsense", "new", SECOND))
                .expectProblem(403, "access.wrongPassword");
        here.put("/api/session/password", Map.of("current", FIRST, "new", "short"))
                .expectProblem(422, "record.invalid");
        here.put("/api/session/password", Map.of("current", FIRST, "new", SECOND))
                .expect(204);

        here.get("/api/contacts").expect(200);
        elsewhere.get("/api/contacts").expectProblem(401, "access.signInFirst");
        nobody.signIn(person.login(), SECOND).expect(200);
    }

    @Test
    void aPasswordFromSomebodyElseMustBeChangedFirst() {
        Person person = person();
        Api old = person.signIn();

        admin.post("/api/users/" + person.id() + "/actions/set-password", Map.of("password", SECOND))
                .expect(200);

        old.get("/api/contacts").expect(401);
        Api session = nobody.withSession(nobody.signIn(person.login(), SECOND).expect(200));
        session.get("/api/contacts").expectProblem(403, "access.changePasswordFirst");
        session.put("/api/session/password", Map.of("current", SECOND, "new", FIRST))
                .expect(204);
        session.get("/api/contacts").expect(200);
    }

    // ------------------------------------------------------------------------------------------------ guessing

    @Test
    void whoGuessesMustWaitAndLearnsNothing() {
        Person person = person();
        String unknown = "nobody-" + UUID.randomUUID();

        for (int i = 0; i < 5; i++) {
            Answer wrong = nobody.signIn(person.login(), "wrong guess " + i);
            Answer nobodysName = nobody.signIn(unknown, "wrong guess " + i);
            wrong.expectProblem(401, "access.wrongCredentials");
            assertThat(wrong.text()).isEqualTo(nobodysName.text());
            assertThat(wrong.headers().map().keySet())
                    .isEqualTo(nobodysName.headers().map().keySet());
        }

        Answer throttled = nobody.signIn(person.login(), "wrong guess");
        throttled.expectProblem(429, "access.throttled");
        assertThat(Integer.parseInt(throttled.header("Retry-After"))).isBetween(1, 900);
        nobody.signIn(unknown, "wrong guess").expectProblem(429, "access.throttled");
        nobody.signIn(person.login(), FIRST).expectProblem(429, "access.throttled");
    }

    @Test
    void oddSignInsAreRefused() {
        nobody.post("/api/session", Map.of("user", "admin")).expectFieldProblem("password", "field.required");
        nobody.post("/api/session", Map.of("user", 1, "password", List.of())).expectProblem(422, "record.invalid");
        nobody.signIn("' or '1'='1", "x").expectProblem(401, "access.wrongCredentials");
        nobody.signIn("admin\0", "x\0").expectProblem(401, "access.wrongCredentials");
        nobody.signIn("admin\ud800", "x\ud800").expect(401);
        nobody.signIn("x".repeat(100_000), "x".repeat(100_000)).expectProblem(401, "access.wrongCredentials");
    }

    // ------------------------------------------------------------------------------------------------ people

    /** Somebody with a password of their own. */
    private record Person(Api nobody, String id, String login) {

        Api signIn() {
            return nobody.withSession(nobody.signIn(login, FIRST).expect(200));
        }
    }

    private Person person() {
        String support =
                (String) admin.list("roles", "name eq support").items("id").get(0);
        String login = "person-" + UUID.randomUUID();
        String id = admin.create("users", Map.of("login", login, "name", "Person", "roles", List.of(support)));
        admin.post("/api/users/" + id + "/actions/set-password", Map.of("password", SECOND))
                .expect(200);
        nobody.withSession(nobody.signIn(login, SECOND).expect(200))
                .put("/api/session/password", Map.of("current", SECOND, "new", FIRST))
                .expect(204);
        return new Person(nobody, id, login);
    }
}
