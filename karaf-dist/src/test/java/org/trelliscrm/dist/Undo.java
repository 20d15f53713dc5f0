// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An import is taken back, done again, and taken back through a crash; nobody takes back what they may not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Undo {

    private static final int ROWS = 200;
    private static final Duration LEASE_AND_MORE = Duration.ofMinutes(3);

    private final Server server;
    private Api api;

    Undo(Database database) {
        server = Server.install("undo-" + database.name().toLowerCase(java.util.Locale.ROOT), database);
    }

    @BeforeAll
    void start() {
        server.start();
        api = server.admin();
    }

    @AfterAll
    void stop() {
        server.stop();
    }

    @Test
    void anImportIsUndoneAndDoneAgain() {
        importRows("redo", ROWS / 2, "Old");
        String set = importRows("redo", ROWS, "New");
        String changed = one("email eq redo1@undo.example");
        api.patch("/api/contacts/" + changed, Map.of("nickname", "Changed since"))
                .expect(200);
        assertThat(api.get("/api/change-sets?kind=import&limit=1").expect(200).items("id"))
                .containsExactly(set);
        assertThat(api.get("/api/change-sets/" + set + "/changes?limit=5")
                        .expect(200)
                        .items())
                .hasSize(5);

        Answer preview = api.get("/api/change-sets/" + set + "/undo").expect(200);
        Answer accepted = api.post("/api/change-sets/" + set + "/undo");
        Map<String, Object> undone = outcome(api.await(accepted));

        assertThat(preview.json()).containsEntry("undone", ROWS - 1).containsEntry("conflicts", 1);
        assertThat(undone)
                .containsEntry("undone", ROWS - 1)
                .containsEntry("conflicts", 1)
                .containsEntry("refused", 0);
        assertThat(count("redo", "Old")).isEqualTo(ROWS / 2 - 1);
        assertThat(count("redo", "New")).isZero();
        List<Map<String, Object>> problems = api.get("/api/change-sets/" + accepted.text("changeSet") + "/problems")
                .expect(200)
                .items();
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).containsEntry("record", changed).containsEntry("kind", "conflict");
        assertThat(problems.get(0).toString()).contains("Changed since", "New", "Old");

        api.await(api.post("/api/change-sets/" + accepted.text("changeSet") + "/undo"));

        assertThat(count("redo", "New")).isEqualTo(ROWS - 1);
    }

    @Test
    void anUndoGoesOnAfterTheServerWasKilled() {
        importRows("kill", ROWS, "Old");
        String set = importRows("kill", ROWS * 5, "New");
        Answer accepted = api.post("/api/change-sets/" + set + "/undo").expect(202);
        Await.until(
                "some are undone",
                LEASE_AND_MORE,
                () -> api.get("/api/change-sets/" + accepted.text("changeSet") + "/changes?limit=1")
                        .expect(200)
                        .items(),
                items -> !items.isEmpty());
        server.kill9();
        server.start();
        server.awaitHealthy();
        Await.until(
                "the job is known to be over",
                LEASE_AND_MORE,
                () -> api.get("/api/jobs/" + accepted.id()).expect(200).text("state"),
                state -> !Set.of("queued", "running").contains(state));

        Answer again = api.post("/api/change-sets/" + set + "/undo");
        Map<String, Object> outcome = outcome(api.await(again));

        assertThat(again.text("changeSet")).isEqualTo(accepted.text("changeSet"));
        assertThat(outcome)
                .containsEntry("undone", ROWS * 5)
                .containsEntry("conflicts", 0)
                .containsEntry("refused", 0);
        assertThat(count("kill", "Old")).isEqualTo(ROWS);
        assertThat(count("kill", "New")).isZero();
        api.post("/api/change-sets/" + set + "/undo").expectProblem(409, "changeSet.alreadyUndone");
        Map<String, Object> verified = outcome(api.await(api.post("/api/audit/verification")));
        assertThat(verified).containsEntry("intact", true);
    }

    @Test
    void nobodyUndoesOrSeesWhatTheyMayNot() {
        String set = importRows("rights", 1, "New");
        String id = one("email eq rights0@undo.example");
        String role = api.create(
                "roles",
                Map.of(
                        "name",
                        "Owner of little",
                        "grants",
                        List.of(Map.of("type", "contact", "verb", "*", "scope", "own"))));
        Api other = api.newUser("undo-other", List.of(role));

        for (String path : List.of("", "/changes", "/problems", "/undo")) {
            other.get("/api/change-sets/" + set + path).expectProblem(404, "changeSet.notFound");
        }
        other.post("/api/change-sets/" + set + "/undo").expectProblem(404, "changeSet.notFound");
        assertThat(other.get("/api/change-sets").expect(200).items()).isEmpty();
        other.get("/api/contacts/" + id + "/history").expectProblem(404, "record.notFound");
        other.post("/api/audit/verification").expectProblem(403, "access.denied");
        api.get("/api/change-sets?after=nonsense").expectProblem(400, "cursor.invalid");
        api.get("/api/change-sets/nonsense").expectProblem(404, "changeSet.notFound");
    }

    @Test
    void anOldValueComesBack() {
        String id = api.create("contacts", Map.of("name", "History", "nickname", "First"));
        api.patch("/api/contacts/" + id, Map.of("nickname", "Second")).expect(200);

        Answer history =
                api.get("/api/contacts/" + id + "/history?field=nickname").expect(200);
        String change = (String) history.items().get(0).get("id");
        String path = "/api/contacts/" + id + "/history/" + change + "/restore";

        assertThat(history.items().get(0).get("fields").toString()).contains("First", "Second");
        api.with("If-Match", "\"1\"")
                .post(path, Map.of("fields", List.of("nickname")))
                .expectProblem(412, "record.stale");
        api.post(path, Map.of("fields", List.of("notes"))).expectFieldProblem("notes", "history.notChanged");
        api.post(path, Map.of("fields", "nickname")).expectProblem(400, "history.fieldsNeeded");
        assertThat(api.post(path, Map.of("fields", List.of("nickname")))
                        .expect(200)
                        .json())
                .containsEntry("nickname", "First");
    }

    /** Imports contacts and tells the change set. */
    private String importRows(String mark, int rows, String title) {
        StringBuilder file = new StringBuilder("Name,E-mail,Nickname,Source\n");
        for (int row = 0; row < rows; row++) {
            file.append("Undo ")
                    .append(mark)
                    .append(row)
                    .append(',')
                    .append(mark)
                    .append(row)
                    .append("@undo.example,")
                    .append(title)
                    .append(',')
                    .append(mark)
                    .append('\n');
        }
        String boundary = "trellis-boundary";
        String body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\ncontact\r\n--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"mapping\"\r\n\r\n"
                + "{\"Name\":\"name\",\"E-mail\":\"emails[0].address\",\"Nickname\":\"nickname\",\"Source\":\"source\"}\r\n--"
                + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"undo.csv\"\r\n\r\n" + file
                + "\r\n--" + boundary + "--\r\n";
        Map<String, Object> job = api.await(api.with("Content-Type", "multipart/form-data; boundary=" + boundary)
                .send("POST", "/api/imports", BodyPublishers.ofString(body, StandardCharsets.UTF_8)));
        assertThat(outcome(job)).containsEntry("rows", rows).containsEntry("rejected", 0);
        return (String) job.get("id");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> outcome(Map<String, Object> job) {
        assertThat(job).containsEntry("state", "done");
        return (Map<String, Object>) job.get("outcome");
    }

    private String one(String filter) {
        return (String) api.list("contacts", filter).expect(200).items("id").get(0);
    }

    private int count(String mark, String title) {
        return (int) api.list("contacts", "source eq " + mark + " and nickname eq " + title, "count=true", "limit=1")
                .expect(200)
                .json()
                .get("total");
    }
}
