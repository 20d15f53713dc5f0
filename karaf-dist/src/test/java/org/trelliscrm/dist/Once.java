// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A POST that is sent again with its idempotency key is done once. */
abstract class Once {

    private static final String KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";

    private final Api admin;
    private final String key = UUID.randomUUID().toString();
    private final String name = "Once " + key;

    Once(Database database) {
        admin = Servers.on(database).admin();
    }

    private Api once() {
        return admin.with(KEY, key);
    }

    private int contacts() {
        return admin.list("contacts", "name eq '" + name + "'")
                .expect(200)
                .items()
                .size();
    }

    @Test
    void theSameRequestIsAnsweredAgain() {
        Answer first = once().post("/api/contacts", Map.of("name", name)).expect(201);

        Answer second = once().post("/api/contacts", Map.of("name", name)).expect(201);

        assertThat(first.header(REPLAYED)).isEmpty();
        assertThat(second.header(REPLAYED)).isEqualTo("true");
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.etag()).isEqualTo(first.etag());
        assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(contacts()).isEqualTo(1);
    }

    @Test
    void theKeyMayStandInQuotes() {
        Answer first = once().post("/api/contacts", Map.of("name", name)).expect(201);

        Answer second = admin.with(KEY, '"' + key + '"').post("/api/contacts", Map.of("name", name));

        assertThat(second.expect(201).id()).isEqualTo(first.id());
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefused() {
        String id =
                once().post("/api/contacts", Map.of("name", name)).expect(201).id();

        once().post("/api/contacts", Map.of("name", name + " and more")).expectProblem(422, "idempotency.otherRequest");
        once().post("/api/contacts?lang=cy", Map.of("name", name)).expectProblem(422, "idempotency.otherRequest");
        once().post("/api/contacts/" + id + "/restore").expectProblem(422, "idempotency.otherRequest");
        assertThat(contacts()).isEqualTo(1);
    }

    @Test
    void whatIsWrongWithARequestIsToldAgain() {
        Answer first = once().post("/api/contacts", Map.of("shoeSize", 38)).expectProblem(422, "record.invalid");

        Answer second = once().post("/api/contacts", Map.of("shoeSize", 38)).expectProblem(422, "record.invalid");

        assertThat(second.header(REPLAYED)).isEqualTo("true");
        assertThat(second.json()).isEqualTo(first.json());
    }

    @Test
    void manyAtTheSameMomentMakeOneRecord() throws Exception {
        List<Answer> answers = Together.run(8, one -> once().post("/api/contacts", Map.of("name", name)));

        assertThat(contacts()).isEqualTo(1);
        assertThat(answers).anyMatch(answer -> answer.status() == 201);
        for (Answer answer : answers) {
            if (answer.status() != 201) {
                answer.expectProblem(409, "idempotency.running");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
            }
        }
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 201)
                        .map(Answer::id)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void anActionWithAResultIsDoneOnce() {
        String user = admin.create("users", Map.of("login", key, "name", name));
        String path = "/api/users/" + user + "/actions/issue-key";

        Answer first = once().post(path, Map.of("name", "once")).expect(200);
        Answer second = once().post(path, Map.of("name", "once")).expect(200);

        assertThat(second.json().get("result"))
                .isNotNull()
                .isEqualTo(first.json().get("result"));
        assertThat(admin.list("api-keys", "user eq " + user).items()).hasSize(1);
    }

    @Test
    void aJobIsQueuedOnce() {
        Answer first = once().post("/api/modules/example/remove").expect(202);

        Answer second = once().post("/api/modules/example/remove").expect(202);

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        admin.await(first);
    }

    @Test
    void aFileIsImportedOnce() {
        Answer first = upload(name).expect(202);
        Answer second = upload(name).expect(202);

        assertThat(second.id()).isEqualTo(first.id());
        upload(name + " Puw").expectProblem(422, "idempotency.otherRequest");
        admin.await(first);
        assertThat(contacts()).isEqualTo(1);
    }

    private Answer upload(String contact) {
        String form = "--edge\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\ncontact\r\n"
                + "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
                + "name\r\n" + contact + "\r\n\r\n--edge--\r\n";
        return once().with("Content-Type", "multipart/form-data; boundary=edge")
                .send("POST", "/api/imports", BodyPublishers.ofString(form));
    }

    @Test
    void aKeyOfSomebodyElseMeansNothing() {
        String id =
                once().post("/api/contacts", Map.of("name", name)).expect(201).id();
        Api other = admin.newUser(
                "other-" + key,
                admin.list("roles", "name eq marketing").items("id").stream()
                        .map(String.class::cast)
                        .toList());

        Answer theirs =
                other.with(KEY, key).post("/api/contacts", Map.of("name", name)).expect(201);

        assertThat(theirs.id()).isNotEqualTo(id);
        assertThat(theirs.header(REPLAYED)).isEmpty();
    }

    @Test
    void whoIsNotKnownIsNotRemembered() {
        admin.nobody()
                .with(KEY, key)
                .post("/api/contacts", Map.of("name", name))
                .expectProblem(401, "access.signInFirst");

        once().post("/api/contacts", Map.of("name", name)).expect(201);
    }

    @Test
    void whatIsNoKeyIsRefused() {
        for (String wrong : List.of("", "\"\"", "a".repeat(256), "two, keys", "\"open")) {
            admin.with(KEY, wrong).post("/api/contacts", Map.of("name", name)).expectProblem(400, "idempotency.badKey");
        }
        assertThat(contacts()).isZero();
    }

    @Test
    void aKeyOnOtherMethodsMeansNothing() {
        String id = admin.create("contacts", Map.of("name", name));

        once().patch("/api/contacts/" + id, Map.of("notes", "a")).expect(200);
        once().patch("/api/contacts/" + id, Map.of("notes", "b")).expect(200);
    }
}
