// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rows of another tenant do not exist, whatever is asked and by whom. */
class TenantIT {

    private static final int ANOTHER_TENANT = 2;

    private final Server server = Servers.on(Database.POSTGRESQL);
    private final Api api = server.admin();

    private final String mark = "tenant " + UUID.randomUUID();
    private String ours;
    private String theirs;

    @BeforeEach
    void giveARecordToAnotherTenant() throws IOException {
        ours = api.create("contacts", Map.of("name", "Ours", "source", mark));
        theirs = api.create(
                "contacts",
                Map.of(
                        "name",
                        "Theirs",
                        "source",
                        mark,
                        "tags",
                        List.of(mark),
                        "emails",
                        List.of(Map.of("address", UUID.randomUUID() + "@example.org"))));
        api.create("activities", note("By them", theirs));
        String row = "source = '" + mark + "' and name = 'Theirs'";
        move("record_value", "record_id in (select id from contacts_contact where " + row + ")");
        move("contacts_contact", row);
    }

    private void move(String table, String where) throws IOException {
        Postgres.shared()
                .execute(
                        Postgres.database(server.home()),
                        "update " + table + " set tenant_id = " + ANOTHER_TENANT + " where " + where);
    }

    private static Map<String, Object> note(String subject, String contact) {
        return Map.of("kind", "note", "subject", subject, "links", List.of("contact:" + contact));
    }

    @Test
    void noListCountOrExportHoldsThem() {
        for (String filter : List.of(
                "source eq '" + mark + "'",
                "source eq '" + mark + "' or name eq 'Theirs'",
                "not (source empty) and source eq '" + mark + "'",
                "id in (" + ours + ", " + theirs + ")")) {
            Answer list =
                    api.list("contacts", filter, "count=true", "sort=name").expect(200);

            assertThat(list.items("id")).contains(ours).doesNotContain(theirs);
            assertThat(list.json().get("total")).isEqualTo(list.items().size());
        }
        assertThat(api.list("contacts", "tags eq '" + mark + "'").items()).isEmpty();
        assertThat(api.list("contacts", "tags ne '" + mark + "' and source eq '" + mark + "'")
                        .items("id"))
                .containsExactly(ours);
        assertThat(api.get("/api/contacts/export?filter=" + Api.encode("source eq '" + mark + "'"))
                        .expect(200)
                        .text())
                .contains("Ours")
                .doesNotContain("Theirs");
    }

    @Test
    void noVerbReachesThem() {
        String path = "/api/contacts/" + theirs;

        api.get(path).expectProblem(404, "record.notFound");
        api.get(path + "?trash=true").expectProblem(404, "record.notFound");
        api.get(path + "/timeline").expectProblem(404, "record.notFound");
        api.patch(path, Map.of("name", "Ours now")).expectProblem(404, "record.notFound");
        api.delete(path).expectProblem(404, "record.notFound");
        api.post(path + "/restore").expectProblem(404, "record.notFound");
    }

    @Test
    void nothingCanReferToThem() {
        api.post("/api/contacts", Map.of("name", "x", "organization", theirs))
                .expectFieldProblem("organization", "reference.notFound");
        api.post("/api/activities", note("Mine", theirs)).expectFieldProblem("links[0]", "reference.notFound");
    }

    @Test
    void anExpandedReferenceDoesNotNameThem() {
        Answer notes = api.list("activities", "links eq 'contact:" + theirs + "'", "fields=links", "expand=links")
                .expect(200);

        assertThat(notes.items()).hasSize(1);
        assertThat(notes.text()).doesNotContain("Theirs");
    }
}
