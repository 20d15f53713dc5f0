// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who sees and does what: rows by the scope of a right, fields by the rules of a role, and no way to more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Rights {

    /** Marks what this run has made, so that it is not mistaken for the data of other tests. */
    private final String mark = "run " + UUID.randomUUID();

    private final Api admin;

    private Api north;
    private Api whole;
    private Api single;
    private String northTeam;
    private String northId;
    private String ofNorth;
    private String ofSouth;
    private String ofSingle;

    Rights(Database database) {
        admin = Servers.on(database).admin();
    }

    @BeforeAll
    void fill() {
        admin.install("pipeline");
        String wholeTeam = admin.create("teams", Map.of("name", "Whole"));
        northTeam = admin.create("teams", Map.of("name", "North", "parent", wholeTeam));
        String southTeam = admin.create("teams", Map.of("name", "South"));
        String teamRole = role("team", grants("team", "contact", "activity", "deal"));
        String ownRole = role("own", grants("own", "contact", "activity", "deal"));
        northId = user("north", teamRole, Map.of("homeTeam", northTeam));
        north = admin.keyOf(northId);
        Api south = admin.keyOf(user("south", teamRole, Map.of("homeTeam", southTeam)));
        whole = admin.keyOf(user("whole", teamRole, Map.of("homeTeam", wholeTeam)));
        single = admin.keyOf(user("single", ownRole, Map.of()));
        ofNorth = contact(north, "Northerner");
        ofSouth = contact(south, "Southerner");
        ofSingle = contact(single, "Singleton");
    }

    private String role(String name, List<Map<String, String>> grants) {
        return admin.create("roles", Map.of("name", name + " of " + mark, "grants", grants));
    }

    /** Every right to these types, as far as the scope reaches. */
    private static List<Map<String, String>> grants(String scope, String... types) {
        return Stream.of(types).map(type -> grant(type, "*", scope)).toList();
    }

    private static Map<String, String> grant(String type, String verb, String scope) {
        return Map.of("type", type, "verb", verb, "scope", scope);
    }

    private String user(String name, String role, Map<String, Object> more) {
        Map<String, Object> user = new HashMap<>(more);
        String login = name + "-" + UUID.randomUUID();
        user.putAll(Map.of("login", login, "name", name, "roles", List.of(role)));
        return admin.create("users", user);
    }

    private String contact(Api of, String name) {
        return of.create("contacts", Map.of("name", name, "source", mark, "notes", "Secret of " + name));
    }

    // ------------------------------------------------------------------------------------------------ rows

    @Test
    void aListHoldsTheRowsOfTheScopeHoweverItIsAskedFor() {
        String mine = "source eq '" + mark + "'";

        assertThat(names(admin, mine)).containsExactlyInAnyOrder("Northerner", "Southerner", "Singleton");
        for (String filter : List.of(
                mine,
                mine + " or name starts 'South'",
                "not (name eq 'x') and " + mine,
                "id in (" + ofNorth + ", " + ofSouth + ", " + ofSingle + ")")) {
            for (String sort : List.of("name", "-createdAt", "owner")) {
                assertThat(names(north, filter, "sort=" + sort)).containsExactly("Northerner");
                assertThat(names(single, filter, "sort=" + sort)).containsExactly("Singleton");
            }
        }
        assertThat(names(north, "id eq " + ofSouth)).isEmpty();
    }

    @Test
    void aTeamReachesWhatIsOfTheTeamsBelow() {
        String mine = "source eq '" + mark + "'";
        String ofWhole = contact(whole, "Manager");

        assertThat(names(whole, mine, "sort=name")).containsExactly("Manager", "Northerner");
        north.get("/api/contacts/" + ofWhole).expectProblem(404, "record.notFound");

        whole.delete("/api/contacts/" + ofWhole).expect(204);
    }

    @Test
    void aCountCountsTheRowsOfTheScope() {
        String mine = "source eq '" + mark + "'";

        assertThat(admin.list("contacts", mine, "count=true").json()).containsEntry("total", 3);
        assertThat(north.list("contacts", mine, "count=true").json()).containsEntry("total", 1);
        assertThat(single.list("contacts", mine, "count=true").json()).containsEntry("total", 1);
    }

    @Test
    void pagesGoOverTheRowsOfTheScopeOnly() {
        String mine = "source eq '" + mark + "'";
        // A cursor of somebody who sees more, used by somebody who sees less.
        String cursor = admin.list("contacts", mine, "sort=name", "limit=1").text("next");

        assertThat(names(north, mine, "sort=name", "limit=1", "after=" + cursor))
                .isEmpty();
        assertThat(names(single, mine, "sort=-name", "limit=1")).containsExactly("Singleton");
    }

    @Test
    void whatIsOutOfScopeDoesNotExist() {
        for (String path : List.of("", "?expand=owner", "/timeline", "?trash=true")) {
            north.get("/api/contacts/" + ofSouth + path).expectProblem(404, "record.notFound");
            single.get("/api/contacts/" + ofSouth + path).expectProblem(404, "record.notFound");
        }
        north.patch("/api/contacts/" + ofSouth, Map.of("name", "Mine")).expectProblem(404, "record.notFound");
        north.delete("/api/contacts/" + ofSouth).expectProblem(404, "record.notFound");
        north.post("/api/contacts/" + ofSouth + "/restore").expectProblem(404, "record.notFound");
        assertThat(admin.get("/api/contacts/" + ofSouth).json())
                .containsEntry("name", "Southerner")
                .containsEntry("version", 1);
        north.get("/api/contacts/" + ofNorth).expect(200);
    }

    @Test
    void anActionReachesTheScopeOnly() {
        String deal = admin.create("deals", Map.of("name", "Of nobody in the north"));

        north.post("/api/deals/" + deal + "/actions/win").expectProblem(404, "record.notFound");
        single.post("/api/deals/" + deal + "/actions/win").expectProblem(404, "record.notFound");

        assertThat(admin.get("/api/deals/" + deal).json()).containsEntry("state", "open");
        String own = single.create("deals", Map.of("name", "My own"));
        single.post("/api/deals/" + own + "/actions/win").expect(200);
    }

    @Test
    void aNarrowerRightToWriteThanToReadIsKept() {
        String role = role("reader", List.of(grant("contact", "read", "all"), grant("contact", "update", "own")));
        Api reader = admin.keyOf(user("reader", role, Map.of()));

        reader.get("/api/contacts/" + ofSouth).expect(200);
        reader.patch("/api/contacts/" + ofSouth, Map.of("name", "Mine")).expectProblem(403, "access.notYours");
        reader.delete("/api/contacts/" + ofSouth).expectProblem(403, "access.denied");
        reader.get("/api/contacts/export").expectProblem(403, "access.denied");
        reader.post("/api/contacts", Map.of("name", "New")).expectProblem(403, "access.denied");
        reader.get("/api/activities").expectProblem(403, "access.denied");
        reader.get("/api/modules").expectProblem(403, "access.denied");
        reader.post("/api/modules/example/install").expectProblem(403, "access.denied");
    }

    @Test
    void anExportHoldsTheRowsOfTheScope() {
        for (String format : List.of("csv", "vcard")) {
            String file = north.get("/api/contacts/export?format=" + format + "&filter="
                            + Api.encode("source eq '" + mark + "'"))
                    .expect(200)
                    .text();

            assertThat(file).contains("Northerner").doesNotContain("Southerner", "Singleton");
        }
    }

    @Test
    void anExpandedReferenceShowsNoTitleOutOfScope() {
        String seen = admin.create(
                "contacts", Map.of("name", "Employee", "organization", ofSouth, "owner", northId, "team", northTeam));

        Answer answer =
                north.get("/api/contacts/" + seen + "?expand=organization").expect(200);

        assertThat(answer.json()).containsEntry("organization", Map.of("id", ofSouth, "type", "contact"));
    }

    @Test
    void aTimelineShowsEntriesOfTheScopeOnly() {
        String secret = admin.create("activities", call("Secret call", ofNorth));
        String open = north.create("activities", call("Open call", ofNorth));

        assertThat(admin.get("/api/contacts/" + ofNorth + "/timeline").items("id"))
                .contains(secret, open);
        assertThat(north.get("/api/contacts/" + ofNorth + "/timeline").items("id"))
                .contains(open)
                .doesNotContain(secret);
    }

    private static Map<String, Object> call(String subject, String contact) {
        return Map.of(
                "kind",
                "call",
                "subject",
                subject,
                "startsAt",
                "2026-05-04T10:00:00Z",
                "links",
                List.of("contact:" + contact));
    }

    @Test
    void aRecordCannotBeCreatedForOthersOutOfScope() {
        Answer forNorth = single.post("/api/contacts", Map.of("name", "Given", "team", northTeam));
        Answer ownerless = single.post("/api/contacts", Map.of("name", "Given", "owner", northId));

        // The single one may see neither teams nor users, so neither can be named.
        assertThat(List.of(forNorth.status(), ownerless.status())).allMatch(status -> status == 403 || status == 422);
    }

    @Test
    void aMovedRecordIsInReachOfItsNewTeam() {
        String moved = contact(single, "Mover");
        north.get("/api/contacts/" + moved).expectProblem(404, "record.notFound");

        admin.patch("/api/contacts/" + moved, Map.of("team", northTeam)).expect(200);

        north.get("/api/contacts/" + moved).expect(200);
        admin.delete("/api/contacts/" + moved).expect(204);
    }

    @Test
    void theJobsOfOthersDoNotExist() {
        String job = admin.post("/api/modules/pipeline/install").expect(202).id();

        north.get("/api/jobs/" + job).expectProblem(404, "job.notFound");
        north.delete("/api/jobs/" + job).expectProblem(404, "job.notFound");
        north.get("/api/jobs/" + job + "/files/rejected.csv").expectProblem(404, "job.notFound");
        assertThat(north.get("/api/jobs").items("id")).doesNotContain(job);
    }

    private static List<Object> names(Api api, String filter, String... parameters) {
        return api.list("contacts", filter, parameters).expect(200).items("name");
    }

    // ------------------------------------------------------------------------------------------------ fields

    @Test
    void aHiddenFieldDoesNotExist() {
        Api blind = withFieldRule("notes", "hidden");

        Answer whole = blind.get("/api/contacts/" + ofNorth).expect(200);
        assertThat(whole.json()).doesNotContainKey("notes").containsKey("name");
        assertThat(blind.list("contacts", "id eq " + ofNorth).items().get(0)).doesNotContainKey("notes");
        blind.get("/api/contacts?fields=name,notes").expectProblem(400, "fields.unknown");
        blind.get("/api/contacts?sort=notes").expectProblem(400, "sort.unknownField");
        blind.list("contacts", "notes contains 'Secret'").expectProblem(400, "filter.unknownField");
        blind.list("contacts", "name eq 'x' or not notes empty").expectProblem(400, "filter.unknownField");
        blind.get("/api/contacts/export?fields=notes").expectProblem(400, "fields.unknown");
        for (String format : List.of("csv", "vcard")) {
            assertThat(blind.get("/api/contacts/export?format=" + format)
                            .expect(200)
                            .text())
                    .contains("Northerner")
                    .doesNotContain("notes", "Secret of");
        }
        blind.patch("/api/contacts/" + ofNorth, Map.of("notes", "x")).expectFieldProblem("notes", "field.unknown");
        blind.post("/api/contacts", Map.of("name", "x", "notes", "x")).expectFieldProblem("notes", "field.unknown");
        assertThat(fieldOfContact(blind, "notes")).isEmpty();
        assertThat(fieldOfContact(admin, "notes")).isNotEmpty();
        Answer created = blind.post("/api/contacts", Map.of("name", "Blind")).expect(201);
        assertThat(created.json()).doesNotContainKey("notes");
    }

    @Test
    void aReadOnlyFieldIsSeenButNotWritten() {
        Api careful = withFieldRule("jobTitle", "read_only");
        String contact = contact(admin, "Titled");
        admin.patch("/api/contacts/" + contact, Map.of("jobTitle", "Baker")).expect(200);

        careful.patch("/api/contacts/" + contact, Map.of("jobTitle", "Boss"))
                .expectFieldProblem("jobTitle", "field.readOnly");
        careful.post("/api/contacts", Map.of("name", "x", "jobTitle", "Boss"))
                .expectFieldProblem("jobTitle", "field.readOnly");
        careful.patch("/api/contacts/" + contact, Map.of("jobTitle", "Baker", "nickname", "Bun"))
                .expect(200);

        assertThat(careful.get("/api/contacts/" + contact).json())
                .containsEntry("jobTitle", "Baker")
                .containsEntry("nickname", "Bun");
        assertThat(fieldOfContact(careful, "jobTitle")).containsEntry("readOnly", true);
        admin.delete("/api/contacts/" + contact).expect(204);
    }

    private Api withFieldRule(String field, String access) {
        String role = admin.create(
                "roles",
                Map.of(
                        "name", field + " " + access + " of " + mark,
                        "grants", grants("all", "contact"),
                        "fieldRules", List.of(Map.of("type", "contact", "field", field, "access", access))));
        return admin.keyOf(user("ruled", role, Map.of()));
    }

    private static Map<String, Object> fieldOfContact(Api api, String field) {
        Map<String, Object> type = api.get("/api/types").expect(200).items().stream()
                .filter(one -> one.get("name").equals("contact"))
                .findFirst()
                .orElseThrow();
        return Answer.objects(type.get("fields")).stream()
                .filter(one -> one.get("name").equals(field))
                .findFirst()
                .orElse(Map.of());
    }

    @Test
    void onlyTypesThatOneMayReadAreDescribed() {
        assertThat(north.get("/api/types").items("name"))
                .contains("contact", "deal")
                .doesNotContain("user", "role");
    }

    @Test
    void whatTheSystemWritesCannotBeAssigned() {
        String moment = "2020-01-01T00:00:00Z";

        for (String field : List.of("createdAt", "updatedAt", "deletedAt")) {
            assign(field, moment, "field.readOnly");
        }
        assign("createdBy", ofSouth, "field.readOnly");
        assign("updatedBy", ofSouth, "field.readOnly");
        for (String field : List.of("tenant", "tenantId", "tenant_id", "class", "nameKey")) {
            assign(field, 2, "field.unknown");
        }
        north.post("/api/contacts", Map.of("name", "x", "id", ofSouth)).expectFieldProblem("id", "field.unknown");
        north.patch("/api/contacts/" + ofNorth, Map.of("id", ofSouth)).expectFieldProblem("id", "field.unknown");
    }

    private void assign(String field, Object value, String code) {
        north.post("/api/contacts", Map.of("name", "x", field, value)).expectFieldProblem(field, code);
        north.patch("/api/contacts/" + ofNorth, Map.of(field, value)).expectFieldProblem(field, code);
    }

    // ------------------------------------------------------------------------------------------------ users

    @Test
    void secretsOfUsersAreNeitherShownNorFilteredNorWritten() {
        Answer users = admin.get("/api/users?limit=200").expect(200);
        Answer keys = admin.get("/api/api-keys?limit=200").expect(200);

        assertThat(users.text() + keys.text()).doesNotContain("Hash", "$argon2", "sessionSeries");
        for (String field : List.of("passwordHash", "sessionSeries")) {
            admin.list("users", field + " empty").expectProblem(400, "filter.unknownField");
            admin.get("/api/users?fields=" + field).expectProblem(400, "fields.unknown");
            admin.get("/api/users?sort=" + field).expectProblem(400, "sort.unknownField");
            admin.patch("/api/users/" + northId, Map.of(field, "x")).expectFieldProblem(field, "field.unknown");
        }
        admin.patch("/api/users/" + northId, Map.of("passwordExpired", true))
                .expectFieldProblem("passwordExpired", "field.readOnly");
        assertThat(admin.get("/api/users/export").expect(200).text()).doesNotContain("Hash", "$argon2");
        admin.post("/api/api-keys", Map.of("name", "mine", "user", northId)).expectNoInsides();
        assertThat(admin.post("/api/api-keys", Map.of("name", "mine")).status()).isIn(403, 422);
    }

    @Test
    void nobodyLiftsThemselvesOrOthersAboveTheirOwnRights() {
        String administrator = (String)
                admin.list("roles", "name eq administrator").items("id").get(0);
        String administratorUser =
                (String) admin.list("users", "login eq admin").items("id").get(0);
        List<Map<String, String>> grants = new ArrayList<>();
        for (String type : List.of("user", "role", "team")) {
            for (String verb : List.of("create", "read", "update", "delete", "issue-key", "set-password")) {
                grants.add(grant(type, verb, "all"));
            }
        }
        String personnel = role("personnel", grants);
        String self = user("personnel", personnel, Map.of());
        Api api = admin.keyOf(self);
        Map<String, String> everything = grant("*", "*", "all");

        api.patch("/api/users/" + self, Map.of("roles", List.of(administrator)))
                .expectProblem(403, "access.beyondOwnRights");
        api.patch("/api/users/" + northId, Map.of("roles", List.of(administrator)))
                .expectProblem(403, "access.beyondOwnRights");
        api.post("/api/users", Map.of("login", "x" + mark.hashCode(), "name", "x", "roles", List.of(administrator)))
                .expectProblem(403, "access.beyondOwnRights");
        api.patch("/api/roles/" + personnel, Map.of("grants", List.of(everything)))
                .expectProblem(403, "access.beyondOwnRights");
        api.post("/api/roles", Map.of("name", "mighty of " + mark, "grants", List.of(everything)))
                .expectProblem(403, "access.beyondOwnRights");
        api.post("/api/users/" + administratorUser + "/actions/issue-key", Map.of("name", "mine"))
                .expectProblem(403, "access.beyondOwnRights");
        api.post("/api/users/" + administratorUser + "/actions/set-password", Map.of("password", Server.PASSWORD))
                .expectProblem(403, "access.beyondOwnRights");
        api.patch("/api/users/" + administratorUser, Map.of("email", "mine@example.org"))
                .expectProblem(403, "access.beyondOwnRights");
        api.patch("/api/users/" + administratorUser, Map.of("login", "mine"))
                .expectProblem(403, "access.beyondOwnRights");
        assertThat(admin.get("/api/users/" + self).json()).containsEntry("roles", List.of(personnel));
    }

    @Test
    void aReadyRoleMayNotChangeItsOwnPowers() {
        String sales = (String) admin.list("roles", "name eq sales").items("id").get(0);
        String self = user("sales", sales, Map.of());
        Api api = admin.keyOf(self);

        api.patch("/api/users/" + self, Map.of("roles", List.of())).expectFieldProblem("roles", "field.readOnly");
        api.patch("/api/users/" + self, Map.of("login", "boss")).expectFieldProblem("login", "field.readOnly");
        api.patch("/api/users/" + northId, Map.of("name", "x")).expectProblem(403, "access.notYours");
        api.get("/api/roles").expectProblem(403, "access.denied");
        api.get("/api/api-keys").expectProblem(403, "access.denied");
        api.patch("/api/users/" + self, Map.of("name", "Sally")).expect(200);
    }

    @Test
    void theLastAdministratorStays() {
        String administrator = (String)
                admin.list("roles", "name eq administrator").items("id").get(0);
        String user = (String) admin.list("users", "login eq admin").items("id").get(0);

        admin.delete("/api/users/" + user).expectProblem(409, "access.lastAdministrator");
        admin.patch("/api/users/" + user, Map.of("active", false)).expectProblem(409, "access.lastAdministrator");
        admin.patch("/api/users/" + user, Map.of("roles", List.of())).expectProblem(409, "access.lastAdministrator");
        admin.patch("/api/roles/" + administrator, Map.of("grants", List.of()))
                .expectProblem(409, "access.lastAdministrator");
        admin.delete("/api/roles/" + administrator).expectProblem(409, "access.roleInUse");
        assertThat(new TreeSet<>(admin.get("/api/users/" + user).json().keySet()))
                .contains("roles");
        admin.get("/api/modules").expect(200);
    }
}
