// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.oas.OpenApi30;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the API says of itself is valid, fits the caller and the modules, and is what it does. */
class OpenApiIT {

    private static final String PATH = "/api/openapi.json";

    private final Api admin = Servers.on(Database.DERBY).admin();

    private static Answer valid(Api api) {
        Answer document = api.get(PATH).expect(200);
        assertThat(new OpenAPIV3Parser()
                        .readContents(document.text(), null, null)
                        .getMessages())
                .isEmpty();
        return document;
    }

    private static Set<?> paths(Answer document) {
        return ((Map<?, ?>) document.json().get("paths")).keySet();
    }

    @Test
    void itChangesWithTheModules() {
        admin.remove("pipeline");
        Answer without = valid(admin);
        assertThat(admin.with("If-None-Match", without.etag()).get(PATH).status())
                .isEqualTo(304);

        admin.install("pipeline");
        Answer with = valid(admin);

        assertThat(paths(without).contains("/api/deals")).isFalse();
        assertThat(paths(with).containsAll(paths(without))).isTrue();
        assertThat(paths(with).contains("/api/deals/{id}/actions/win")).isTrue();
        assertThat(with.etag()).isNotEqualTo(without.etag());
        assertThat(admin.with("If-None-Match", without.etag()).get(PATH).status())
                .isEqualTo(200);
        for (String language : List.of("cy", "mn", "zh-TW", "fa")) {
            assertThat(admin.get(PATH + "?lang=" + language).expect(200).text())
                    .isNotEqualTo(with.text())
                    .doesNotContain("\"openapi.", "\"field.", "\"type.");
        }
    }

    @Test
    void itSaysWhatTheCallerMay() {
        String role = admin.create(
                "roles",
                Map.of(
                        "name",
                        UUID.randomUUID().toString(),
                        "grants",
                        List.of(Map.of("type", "contact", "verb", "read", "scope", "own"))));
        Api reader = admin.newUser("reader-" + UUID.randomUUID(), List.of(role));

        Answer document = valid(reader);

        assertThat(paths(document).contains("/api/contacts")).isTrue();
        assertThat(paths(document).contains("/api/users")).isFalse();
        assertThat(paths(document).contains("/api/modules")).isFalse();
        assertThat(document.text()).doesNotContain("contact.create", "contact.export");
        admin.nobody().get(PATH).expectProblem(401, "access.signInFirst");
    }

    @Test
    void theAnswersAreAsItSays() throws IOException {
        JsonNode document = Answer.JSON.readTree(valid(admin).body());
        Answer created = admin.post(
                        "/api/contacts",
                        Map.of(
                                "givenName",
                                "Temüülen",
                                "emails",
                                List.of(Map.of("address", UUID.randomUUID() + "@nomad.example", "label", "work")),
                                "phones",
                                List.of(Map.of("number", "+976 8811 0043")),
                                "positions",
                                List.of(Map.of("organizationName", "Nomad Felt", "title", "Buyer")),
                                "birthday",
                                "1990-05-31"))
                .expect(201);
        String path = "/api/contacts/" + created.id();

        assertFits(document, "Contact", created);
        assertFits(document, "Contact", admin.get(path + "?expand=owner,organization"));
        assertFits(document, "ContactPage", admin.get("/api/contacts?count=true&expand=owner&limit=200"));
        assertFits(document, "UserPage", admin.get("/api/users"));
        assertFits(document, "ApiKeyPage", admin.get("/api/api-keys"));
        assertFits(document, "ActivityPage", admin.get("/api/activities?fields=links,assignees,subject"));
        assertFits(document, "Timeline", admin.get(path + "/timeline"));
        assertFits(document, "Problem", admin.post("/api/contacts", Map.of("shoeSize", 38)));
        assertFits(document, "Problem", admin.get("/api/contacts/0000000000000"));
        Answer job = admin.post("/api/modules/example/remove").expect(202);
        admin.await(job);
        assertFits(document, "QueuedJob", job);
        assertFits(document, "Job", admin.get("/api/jobs/" + job.id()));
        assertFits(document, "Module", admin.get("/api/modules/example"));
        assertFits(document, "Health", admin.get("/health"));
    }

    private static void assertFits(JsonNode document, String schema, Answer answer) {
        ObjectNode root = document.deepCopy();
        root.putArray("allOf").addObject().put("$ref", "#/components/schemas/" + schema);
        JsonSchemaFactory factory =
                JsonSchemaFactory.getInstance(VersionFlag.V4, builder -> builder.metaSchema(OpenApi30.getInstance())
                        .defaultMetaSchemaIri(OpenApi30.getInstance().getIri()));

        // Its idea of an e-mail address leaves out those that are reserved for examples.
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(false).build();

        assertThat(factory.getSchema(root, config).validate(answer.text(), InputFormat.JSON))
                .as("%s", answer)
                .isEmpty();
    }
}
