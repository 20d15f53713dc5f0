// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What the server answered. */
record Answer(String request, int status, HttpHeaders headers, byte[] body) {

    static final ObjectMapper JSON = new ObjectMapper();

    /** What is left of a text whose value is missing. */
    private static final String PLACEHOLDER = "\\{[a-zA-Z]+}";

    /** Fails with the whole answer if it has another status. */
    Answer expect(int expected) {
        assertThat(status).as("%s", this).isEqualTo(expected);
        return this;
    }

    /** Fails unless it is a problem of this kind, told as every problem is told. */
    Answer expectProblem(int expected, String code) {
        expect(expected);
        assertThat(header("Content-Type")).as("%s", this).startsWith("application/problem+json");
        assertThat(json()).as("%s", this).containsEntry("code", code).containsEntry("status", expected);
        assertThat((String) json().get("title"))
                .as("%s", this)
                .isNotBlank()
                .doesNotContain("problem.")
                .doesNotContainPattern(PLACEHOLDER);
        expectNoInsides();
        return this;
    }

    /** Fails unless it is a refused record in which this field breaks this rule. */
    Answer expectFieldProblem(String field, String code) {
        expectProblem(422, "record.invalid");
        assertThat(list("errors")).as("%s", this).anySatisfy(error -> {
            assertThat(error).containsEntry("field", field).containsEntry("code", code);
            assertThat((String) error.get("message"))
                    .isNotBlank()
                    .doesNotContain("problem.")
                    .doesNotContainPattern(PLACEHOLDER);
        });
        return this;
    }

    /** Fails if the body tells how the server is built. */
    void expectNoInsides() {
        expectNoInsides(toString());
    }

    static void expectNoInsides(String answer) {
        assertThat(answer)
                .doesNotContainPattern("\\b(org|com|java|javax|net)\\.[a-z]+\\.[A-Za-z]")
                .doesNotContain("Exception", "\tat ", "select ", "SQLSTATE", "StreamRead", "(byte[])");
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    Map<String, Object> json() {
        try {
            return JSON.readValue(body, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + this, e);
        }
    }

    /** One text of the JSON object. */
    String text(String name) {
        return (String) json().get(name);
    }

    String id() {
        return text("id");
    }

    /** The records of a list. */
    List<Map<String, Object>> items() {
        return list("items");
    }

    /** The values of one field in a list. */
    List<Object> items(String field) {
        return items().stream().map(item -> item.get(field)).toList();
    }

    List<Map<String, Object>> list(String name) {
        return objects(json().get(name));
    }

    /** A list of objects that stands inside of other JSON. */
    static List<Map<String, Object>> objects(Object list) {
        return JSON.convertValue(list, new TypeReference<>() {});
    }

    /** A header, or an empty text. */
    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    String etag() {
        return header("ETag");
    }

    @Override
    public String toString() {
        return request + " -> " + status + " " + headers.map() + "\n" + text();
    }
}
