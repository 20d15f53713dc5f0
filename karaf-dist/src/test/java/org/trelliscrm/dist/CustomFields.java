// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Fields that people add to the types of core and modules, as the distribution serves them. */
abstract class CustomFields {

    private static final String BOUNDARY = "trellis-boundary";
    private static final int CLIENTS = 8;

    private final Server server;
    private final Api api;

    CustomFields(Database database) {
        server = Servers.on(database);
        api = server.admin();
    }

    @Test
    void aFieldOfAModulesTypeOutlivesTheModule() {
        api.install("pipeline");
        String field = add(Map.of("type", "deal", "name", "margin", "kind", "decimal"));
        String formula = add(Map.of(
                "type",
                "deal",
                "name",
                "profit",
                "kind",
                "formula",
                "result",
                "decimal",
                "formula",
                "value * margin / 100"));
        String contact = api.create("contacts", Map.of("name", "Ada Byron"));
        String deal = api.create(
                "deals",
                Map.of(
                        "name",
                        "Cards",
                        "contact",
                        contact,
                        "value",
                        Map.of("amount", "200", "currency", "EUR"),
                        "margin",
                        12.5));
        Map<String, Object> before = api.get("/api/deals/" + deal).expect(200).json();
        assertThat(before).containsEntry("margin", 12.5).containsEntry("profit", 25);

        api.remove("pipeline");

        assertThat(api.get("/api/custom-fields?type=deal").expect(200).items("name"))
                .contains("margin", "profit");

        api.install("pipeline");

        assertThat(api.get("/api/deals/" + deal).expect(200).json()).isEqualTo(before);
        assertThat(api.list("deals", "profit eq 25 and margin gt 12").items("id"))
                .contains(deal);
        api.delete("/api/custom-fields/" + field + "?confirm=true").expectProblem(409, "customField.usedBy");
        api.delete("/api/custom-fields/" + formula + "?confirm=true").expect(204);
        api.delete("/api/custom-fields/" + field).expectProblem(409, "customField.hasValues");
        api.delete("/api/custom-fields/" + field + "?confirm=true").expect(204);
        assertThat(api.get("/api/deals/" + deal).json()).doesNotContainKey("margin");
        api.post("/api/custom-fields/" + field + "/restore").expect(200);
        assertThat(api.get("/api/deals/" + deal).json()).containsEntry("margin", 12.5);
    }

    @Test
    void filesFillFieldsByTheirLabelsAndBringThemOutAgain() {
        add(Map.of(
                "type",
                "contact",
                "name",
                "shirtSize",
                "kind",
                "choice",
                "labels",
                Map.of("en", "Shirt size", "cy", "Maint crys"),
                "choices",
                List.of(
                        Map.of("value", "s", "labels", Map.of("en", "Small")),
                        Map.of("value", "xl", "labels", Map.of("en", "Huge")))));
        add(Map.of("type", "contact", "name", "likes", "kind", "multichoice", "choices", List.of("tea", "coffee")));
        add(Map.of("type", "contact", "name", "dues", "kind", "money"));
        String file =
                """
                Name,E-mail,Maint crys,likes,dues.amount,dues.currency
                Huge Tea,huge@tea.example,Huge,tea ::: coffee,12.50,GBP
                Wrong Size,wrong@size.example,medium,,,
                """;

        Map<?, ?> outcome = (Map<?, ?>) api.await(send(file)).get("outcome");

        assertThat(outcome.get("created")).isEqualTo(1);
        assertThat(outcome.get("rejected")).isEqualTo(1);
        Answer found = api.list("contacts", "shirtSize eq xl and likes eq coffee and dues gt 12");
        assertThat(found.items("name")).containsExactly("Huge Tea");
        Answer export = api.get("/api/contacts/export?format=csv&fields=name,shirtSize,likes,dues&filter="
                + Api.encode("shirtSize eq xl"));
        assertThat(export.expect(200).text())
                .contains("shirtSize", "dues.amount", "dues.currency")
                .contains("Huge Tea,xl,tea ::: coffee,12.50,GBP");
        Map<String, Object> contact = api.get("/api/types?lang=cy").expect(200).items().stream()
                .filter(type -> type.get("name").equals("contact"))
                .findFirst()
                .orElseThrow();
        assertThat(Answer.objects(contact.get("fields"))).anySatisfy(field -> assertThat(field)
                .containsEntry("name", "shirtSize")
                .containsEntry("label", "Maint crys")
                .containsEntry("custom", true));
    }

    @Test
    void fieldsComeUnderLoadAndNobodyNotices() throws Exception {
        Load load = new Load(server.admin(), CLIENTS);
        List<String> added = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            added.add(add(Map.of("type", "contact", "name", "load" + i, "kind", "date")));
        }
        Load.Result result = load.stop();

        assertThat(result.failures()).isEmpty();
        for (String field : added) {
            api.delete("/api/custom-fields/" + field).expect(204);
            assertThat(api.await(api.post("/api/custom-fields/" + field + "/purge")))
                    .containsEntry("state", "done");
        }
        assertThat(api.get("/api/custom-fields?type=contact").items("name")).doesNotContain("load0");
    }

    @Test
    void whoMayNotChangesNoFields() {
        String field = add(Map.of("type", "contact", "name", "guarded", "kind", "text"));
        String readOnly =
                (String) api.list("roles", "name eq read-only").items("id").get(0);
        Api user = api.newUser("no-fields", List.of(readOnly));

        user.get("/api/custom-fields").expectProblem(403, "access.denied");
        user.post("/api/custom-fields", Map.of("type", "contact", "name", "mine", "kind", "text"))
                .expectProblem(403, "access.denied");
        user.patch("/api/custom-fields/" + field, Map.of("required", true)).expectProblem(403, "access.denied");
        user.delete("/api/custom-fields/" + field).expectProblem(403, "access.denied");
        api.nobody().get("/api/custom-fields").expect(401);
        api.get("/api/custom-fields/nonsense").expectProblem(404, "customField.notFound");
        api.get("/api/custom-fields?colour=red").expectProblem(400, "query.unknownParameter");
    }

    private String add(Map<String, Object> field) {
        return api.post("/api/custom-fields", field).expect(201).id();
    }

    private Answer send(String file) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\ncontact\r\n--"
                        + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"sizes.csv\"\r\n"
                        + "Content-Type: text/csv\r\n\r\n" + file + "\r\n--" + BOUNDARY + "--\r\n")
                .getBytes(StandardCharsets.UTF_8));
        return api.with("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .send("POST", "/api/imports", BodyPublishers.ofByteArray(body.toByteArray()));
    }
}
