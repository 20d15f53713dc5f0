// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The REST API as somebody uses it outside of the measurements: any answer but success ends the bench. */
final class Rest {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final String JSON_BODY = "Content-Type: application/json\r\n";
    private static final Set<String> STILL_GOING = Set.of("queued", "running");

    private final int port;
    private final String authorization;

    Rest(int port, String authorization) {
        this.port = port;
        this.authorization = authorization;
    }

    String authorization() {
        return authorization;
    }

    HttpConnection connect() {
        return new HttpConnection(port, authorization);
    }

    JsonNode get(String path) throws IOException {
        return send("GET", path, "", new byte[0]);
    }

    JsonNode post(String path, Map<String, ?> body) throws IOException {
        return send("POST", path, JSON_BODY, JSON.writeValueAsBytes(body));
    }

    /** Creates a record and tells its id. */
    String create(String collection, Map<String, ?> values) throws IOException {
        return post("/api/" + collection, values).get("id").asText();
    }

    /** Creates a user and tells the id. */
    String createUser(String login, String role, String team) throws IOException {
        return create("users", Map.of("login", login, "name", login, "roles", List.of(role), "homeTeam", team));
    }

    /** Another user, with a new key. */
    Rest as(String user) throws IOException {
        JsonNode issued = post("/api/users/" + user + "/actions/issue-key", Map.of("name", "bench"));
        return new Rest(port, "Bearer " + issued.get("result").get("key").asText());
    }

    /** Sends a form with one file and further fields, and waits for the job that it becomes. */
    JsonNode upload(String path, String fileName, byte[] file, Map<String, String> fields, long longestNanos)
            throws IOException, InterruptedException {
        StringBuilder form = new StringBuilder();
        fields.forEach((name, value) -> form.append(
                "--bench\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n"));
        form.append("--bench\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
                + "\"\r\nContent-Type: text/csv\r\n\r\n");
        byte[] head = form.toString().getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\r\n--bench--\r\n".getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[head.length + file.length + tail.length];
        System.arraycopy(head, 0, body, 0, head.length);
        System.arraycopy(file, 0, body, head.length, file.length);
        System.arraycopy(tail, 0, body, head.length + file.length, tail.length);
        return follow(send("POST", path, "Content-Type: multipart/form-data; boundary=bench\r\n", body), longestNanos);
    }

    /** Waits for the end of a job; one that takes too long is cancelled. */
    JsonNode follow(JsonNode accepted, long longestNanos) throws IOException, InterruptedException {
        String path = "/api/jobs/" + accepted.get("id").asText();
        long deadline = System.nanoTime() + longestNanos;
        while (true) {
            JsonNode job = get(path);
            if (!STILL_GOING.contains(job.get("state").asText())) {
                return job;
            }
            if (System.nanoTime() > deadline) {
                send("DELETE", path, "", new byte[0]);
                throw new IOException("not done in time: " + job);
            }
            Thread.sleep(20);
        }
    }

    private JsonNode send(String method, String path, String headers, byte[] body) throws IOException {
        try (HttpConnection connection = connect()) {
            HttpConnection.Response response = connection.send(method, path, headers, body);
            if (response.status() / 100 != 2) {
                throw new IOException(method + " " + path + ": " + response.status() + " " + response.text());
            }
            return JSON.readTree(response.body());
        }
    }
}
