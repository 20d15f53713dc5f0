// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The REST API as one client uses it: somebody with a key, with a session, or nobody. */
final class Api {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Set<Object> STILL_GOING = Set.of("queued", "running");

    private final URI base;
    private final Map<String, String> headers;

    private Api(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = Map.copyOf(headers);
    }

    /** Nobody, at the server on this port. */
    static Api at(int port) {
        return new Api(URI.create("http://127.0.0.1:" + port), Map.of());
    }

    /** The same client, sending one header more with each request. */
    Api with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Api(base, more);
    }

    Api withKey(String key) {
        return nobody().with("Authorization", "Bearer " + key);
    }

    /** The client with the session that an answer to a sign-in has opened. */
    Api withSession(Answer signedIn) {
        return nobody().with("Cookie", signedIn.header("Set-Cookie").split(";")[0])
                .with("X-CSRF-Token", signedIn.text("csrf"));
    }

    Api nobody() {
        return new Api(base, Map.of());
    }

    URI base() {
        return base;
    }

    Map<String, String> headers() {
        return headers;
    }

    Answer signIn(String user, String password) {
        return nobody().post("/api/session", Map.of("user", user, "password", password));
    }

    Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    /** A list narrowed by a filter, with further parameters. */
    Answer list(String collection, String filter, String... parameters) {
        return get("/api/" + collection + "?filter=" + encode(filter)
                + (parameters.length == 0 ? "" : "&" + String.join("&", parameters)));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    Answer post(String path) {
        return send("POST", path, BodyPublishers.noBody());
    }

    Answer post(String path, Object body) {
        return sendJson("POST", path, body);
    }

    Answer patch(String path, Object body) {
        return sendJson("PATCH", path, body);
    }

    Answer put(String path, Object body) {
        return sendJson("PUT", path, body);
    }

    Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    private Answer sendJson(String method, String path, Object body) {
        try {
            byte[] bytes = Answer.JSON.writeValueAsBytes(body);
            return with("Content-Type", "application/json").send(method, path, BodyPublishers.ofByteArray(bytes));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Sends any bytes. */
    Answer send(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofMinutes(1));
        headers.forEach(request::header);
        try {
            HttpResponse<byte[]> response =
                    HTTP.send(request.method(method, body).build(), BodyHandlers.ofByteArray());
            return new Answer(method + " " + path, response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end of a job and tells what became of it. */
    Map<String, Object> await(Answer accepted) {
        accepted.expect(202);
        String job = "/api/jobs/" + accepted.id();
        return Await.until(
                job + " is over",
                LONGEST,
                () -> get(job).expect(200).json(),
                state -> !STILL_GOING.contains(state.get("state")));
    }

    /** Installs a module, if it is not there already. */
    void install(String module) {
        assertThat(await(post("/api/modules/" + module + "/install"))).containsEntry("state", "done");
    }

    /** Removes a module, if it is there. */
    void remove(String module) {
        assertThat(await(post("/api/modules/" + module + "/remove"))).containsEntry("state", "done");
    }

    /** Creates a record and tells its id. */
    String create(String collection, Map<String, Object> values) {
        return post("/api/" + collection, values).expect(201).id();
    }

    /** A client with a new key of a new user with these roles. */
    Api newUser(String login, List<String> roles) {
        return newUser(login, roles, Map.of());
    }

    /** A client with a new key of a new user with these roles and further fields. */
    Api newUser(String login, List<String> roles, Map<String, Object> more) {
        Map<String, Object> user = new HashMap<>(Map.of("login", login, "name", login, "roles", roles));
        user.putAll(more);
        return keyOf(create("users", user));
    }

    /** A client with a new key of a user. */
    Api keyOf(String user) {
        Answer issued = post("/api/users/" + user + "/actions/issue-key", Map.of("name", "test"))
                .expect(200);
        Map<?, ?> result = (Map<?, ?>) issued.json().get("result");
        return withKey((String) result.get("key"));
    }
}
