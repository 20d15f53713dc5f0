// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a request is told in words that help, and nothing else. */
@Timeout(60)
abstract class BadInput {

    private static final String UNKNOWN_ID = "0000000000001";

    private final Api api;

    BadInput(Database database) {
        api = Servers.on(database).admin();
    }

    private String contact() {
        return api.create("contacts", Map.of("name", "Emmy Noether"));
    }

    // ------------------------------------------------------------------------------------------------ values

    @Test
    void anUnknownFieldIsRefused() {
        Map<String, Object> values = Map.of("name", "X", "shoeSize", 43);

        api.post("/api/contacts", values).expectFieldProblem("shoeSize", "field.unknown");
        api.patch("/api/contacts/" + contact(), values).expectFieldProblem("shoeSize", "field.unknown");
    }

    @Test
    void aValueOfAnotherTypeIsRefused() {
        refused("contacts", Map.of("name", 5), "name", "field.notText");
        refused("contacts", Map.of("birthday", "yesterday"), "birthday", "field.notDate");
        refused("contacts", Map.of("emails", "me@example.org"), "emails", "field.notAList");
        refused("contacts", Map.of("emails", List.of("me@example.org")), "emails[0]", "field.notAnItem");
        refused("contacts", Map.of("emails", List.of(Map.of("address", 1))), "emails[0].address", "field.notText");
        refused("activities", Map.of("startsAt", "noon"), "startsAt", "field.notDateTime");
        refused("activities", Map.of("durationSeconds", "long"), "durationSeconds", "field.notNumber");
        refused("activities", Map.of("durationSeconds", 1.5), "durationSeconds", "field.notWhole");
        refused("activities", Map.of("allDay", "maybe"), "allDay", "field.notBoolean");
    }

    @Test
    void aValueThatIsNoneOfTheChoicesIsRefused() {
        refused("contacts", Map.of("kind", "robot"), "kind", "field.notAChoice");
    }

    @Test
    void aNumberOutOfRangeIsRefused() {
        refused("activities", Map.of("durationSeconds", -1), "durationSeconds", "field.outOfRange");
        refused("activities", Map.of("durationSeconds", Long.MAX_VALUE), "durationSeconds", "field.outOfRange");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999"})
    void aMonstrousNumberIsRefusedAtOnce(String number) {
        json("POST", "/api/activities", "{\"kind\":\"call\",\"subject\":\"x\",\"durationSeconds\":" + number + "}")
                .expectProblem(422, "record.invalid");
        api.install("pipeline");
        json("POST", "/api/deals", "{\"name\":\"x\",\"value\":{\"amount\":\"" + number + "\",\"currency\":\"EUR\"}}")
                .expectProblem(422, "record.invalid");
        assertThat(api.list("activities", "durationSeconds gt " + number).status())
                .isIn(200, 400, 422);
    }

    @Test
    void aTextThatIsTooLongIsRefused() {
        refused("contacts", Map.of("name", "x".repeat(256)), "name", "field.tooLong");
        refused("contacts", Map.of("notes", "x".repeat(20_001)), "notes", "field.tooLong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "a\\ud800b"})
    void aTextThatNoDatabaseKeepsIsRefused(String text) {
        json("POST", "/api/contacts", "{\"name\":\"" + text + "\"}").expectFieldProblem("name", "field.badCharacter");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        Answer answer = api.post("/api/activities", Map.of("kind", "dance", "priority", 7, "durationSeconds", -1));

        answer.expectFieldProblem("kind", "field.notAChoice").expectFieldProblem("durationSeconds", "field.outOfRange");
        assertThat(answer.list("errors")).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void aMissingValueIsTold() {
        api.post("/api/activities", Map.of("kind", "call")).expectFieldProblem("subject", "field.required");
    }

    @Test
    void whatIsWrongIsToldInTheCallersLanguage() {
        Map<String, Object> values = Map.of("name", 5);

        String welsh = api.post("/api/contacts?lang=cy", values).text("title");

        assertThat(welsh)
                .isNotBlank()
                .isNotEqualTo(api.post("/api/contacts", values).text("title"));
    }

    private void refused(String collection, Map<String, Object> values, String field, String code) {
        api.post("/api/" + collection, values).expectFieldProblem(field, code);
    }

    // ------------------------------------------------------------------------------------------------ references

    @Test
    void aReferenceToNothingIsRefused() {
        refused("contacts", Map.of("name", "X", "organization", UNKNOWN_ID), "organization", "reference.notFound");
        refused(
                "activities",
                Map.of("kind", "call", "subject", "x", "links", List.of("contact:" + UNKNOWN_ID)),
                "links[0]",
                "reference.notFound");
        refused(
                "activities",
                Map.of("kind", "call", "subject", "x", "links", List.of("nonsense")),
                "links[0]",
                "field.notARecord");
    }

    @Test
    void aReferenceToWhatOneMayNotSeeLooksLikeOneToNothing() {
        String hidden = contact();
        String partnerRole =
                (String) api.list("roles", "name eq partner").items("id").get(0);
        Api partner = api.newUser("partner-" + UUID.randomUUID(), List.of(partnerRole));

        Answer toHidden = partner.post("/api/contacts", Map.of("name", "X", "organization", hidden));
        Answer toNothing = partner.post("/api/contacts", Map.of("name", "X", "organization", UNKNOWN_ID));

        toHidden.expectFieldProblem("organization", "reference.notFound");
        assertThat(toHidden.text().replace(hidden, UNKNOWN_ID)).isEqualTo(toNothing.text());
        partner.get("/api/contacts/" + hidden).expectProblem(404, "record.notFound");
    }

    @Test
    void aReferenceToARecordOfARemovedModuleIsRefusedButAnOldOneSleeps() {
        api.install("pipeline");
        String deal = api.create("deals", Map.of("name", "Sundials"));
        Map<String, Object> call = Map.of("kind", "call", "subject", "x", "links", List.of("deal:" + deal));
        String old = api.create("activities", call);

        api.remove("pipeline");

        refused("activities", call, "links[0]", "reference.notInstalled");
        assertThat(api.get("/api/activities/" + old).expect(200).json())
                .containsEntry("links", List.of("deal:" + deal));
        api.patch("/api/activities/" + old, Map.of("subject", "y", "links", List.of("deal:" + deal)))
                .expect(200);
        assertThat(api.get("/api/activities/" + old + "?expand=links")
                        .expect(200)
                        .list("links"))
                .containsExactly(Map.of("id", deal, "type", "deal", "installed", false));
    }

    // ------------------------------------------------------------------------------------------------ lists

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filter=name%20like%20x          | filter.syntax",
                "filter=name                     | filter.syntax",
                "filter=(name%20eq%20x           | filter.syntax",
                "filter=name%20eq%20'x           | filter.openQuote",
                "filter=shoeSize%20eq%2043       | filter.unknownField",
                "filter=nameKey%20eq%20x         | filter.unknownField",
                "filter=birthday%20contains%201  | filter.wrongOperator",
                "filter=birthday%20eq%20soon     | field.notDate",
                "sort=shoeSize                   | sort.unknownField",
                "sort=emails                     | sort.notSortable",
                "fields=shoeSize                 | fields.unknown",
                "expand=name                     | expand.notAReference",
                "limit=0                         | limit.outOfRange",
                "limit=201                       | limit.outOfRange",
                "limit=many                      | limit.outOfRange",
                "after=nonsense                  | cursor.invalid",
                "count=perhaps                   | query.notBoolean",
                "page=2                          | query.unknownParameter"
            })
    void aListThatCannotBeIsRefused(String query, String code) {
        Answer answer = api.get("/api/contacts?" + query);

        if (code.startsWith("field.")) {
            answer.expectNoInsides();
            assertThat(answer.status()).isIn(400, 422);
            assertThat(answer.text()).contains(code);
        } else {
            answer.expectProblem(400, code);
        }
    }

    @Test
    void aCursorServesOnlyTheListItCameFrom() {
        contact();
        contact();
        String cursor = api.get("/api/contacts?sort=name&limit=1").expect(200).text("next");

        api.get("/api/contacts?sort=name&limit=1&after=" + cursor).expect(200);
        api.get("/api/contacts?sort=-createdAt&limit=1&after=" + cursor).expectProblem(400, "cursor.invalid");
        api.get("/api/activities?limit=1&after=" + cursor).expectProblem(400, "cursor.invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"filter=name%20eq%20'a%00b'", "filter=%zz", "after=%00", "sort=%00", "fields=%00", "lang=%00"})
    void bytesThatAreNoTextAreRefusedQuietly(String query) throws Exception {
        int status = RawHttp.get(api, "/api/contacts?" + query);

        assertThat(status).isLessThan(500);
    }

    // ------------------------------------------------------------------------------------------------ bodies

    @Test
    void jsonThatIsNoneIsToldWithLineAndColumn() {
        Answer answer = json("POST", "/api/contacts", "{\n  \"name\": nobody\n}");

        answer.expectProblem(400, "body.notJson");
        assertThat(answer.text("title")).contains("line 2").contains("column ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":\"x\"", "{\"name\":\"x", "{'name':'x'}", "{\"name\":\"x\"} {}", "\u0000", "NaN"})
    void brokenJsonIsToldInPlainWords(String body) {
        json("POST", "/api/contacts", body).expectProblem(400, "body.notJson");
    }

    @Test
    void jsonNestedWithoutEndIsRefused() {
        json("POST", "/api/contacts", "{\"name\":" + "[".repeat(100_000)).expectProblem(400, "body.notJson");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"name\"", "5", "null", "true"})
    void aBodyMustBeAnObject(String body) {
        json("POST", "/api/contacts", body).expectProblem(400, "body.notAnObject");
    }

    @Test
    void tenMegabytesAreTooMuch() {
        json("POST", "/api/contacts", "{\"notes\":\"" + "x".repeat(10 << 20) + "\"}")
                .expectProblem(413, "body.tooLarge");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense"})
    void anotherContentTypeIsRefused(String type) {
        api.with("Content-Type", type)
                .send("POST", "/api/contacts", BodyPublishers.ofString("{\"name\":\"x\"}"))
                .expectProblem(415, "body.wrongType");
    }

    @Test
    void noContentTypeIsRefused() {
        api.send("POST", "/api/contacts", BodyPublishers.ofString("{\"name\":\"x\"}"))
                .expectProblem(415, "body.wrongType");
    }

    private Answer json(String method, String path, String body) {
        return api.with("Content-Type", "application/json").send(method, path, BodyPublishers.ofString(body));
    }

    // ------------------------------------------------------------------------------------------------ addresses

    @Test
    void anUnknownCollectionIsNotFound() {
        api.get("/api/spaceships").expectProblem(404, "collection.unknown");
        api.post("/api/spaceships", Map.of()).expectProblem(404, "collection.unknown");
        api.get("/api/spaceships/" + UNKNOWN_ID).expectProblem(404, "collection.unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {UNKNOWN_ID, "5", "nonsense", "ZZZZZZZZZZZZZ", "%27", "0000000000001%00"})
    void anIdThatIsNoneIsNotFound(String id) throws Exception {
        assertThat(RawHttp.get(api, "/api/contacts/" + id)).isIn(400, 404);
    }

    @Test
    void aRecordThatDoesNotExistIsNotFoundByAnyVerb() {
        String path = "/api/contacts/" + UNKNOWN_ID;

        api.get(path).expectProblem(404, "record.notFound");
        api.patch(path, Map.of("name", "x")).expectProblem(404, "record.notFound");
        api.delete(path).expectProblem(404, "record.notFound");
        api.post(path + "/restore").expectProblem(404, "record.notFound");
        api.get(path + "/timeline").expectProblem(404, "record.notFound");
        api.post("/api/activities/" + UNKNOWN_ID + "/actions/complete").expectProblem(404, "record.notFound");
    }

    @Test
    void anUnknownActionIsNotFound() {
        api.post("/api/contacts/" + contact() + "/actions/fly").expectProblem(404, "action.unknown");
    }

    @Test
    void anUnknownAddressIsNotFound() {
        api.get("/api/contacts/" + contact() + "/no/such/thing").expectProblem(404, "http.404");
        api.get("/api/Contacts").expectProblem(404, "http.404");
    }

    @Test
    void aMethodThatAnAddressDoesNotTakeIsRefused() {
        api.put("/api/contacts", Map.of()).expectProblem(405, "http.405");
        api.delete("/api/contacts").expectProblem(405, "http.405");
        api.put("/api/contacts/" + contact(), Map.of()).expectProblem(405, "http.405");
        api.delete("/api/types").expectProblem(405, "http.405");
    }

    // ------------------------------------------------------------------------------------------------ versions

    @Test
    void whoeverSavesAnOldVersionIsTold() {
        String path = "/api/contacts/" + contact();
        Answer read = api.get(path).expect(200);
        api.patch(path, Map.of("nickname", "Em")).expect(200);
        Api late = api.with("If-Match", read.etag());

        late.patch(path, Map.of("nickname", "Emma")).expectProblem(412, "record.stale");
        late.delete(path).expectProblem(412, "record.stale");
        api.with("If-Match", "\"never-ours\"")
                .patch(path, Map.of("nickname", "E"))
                .expectProblem(412, "record.stale");
        assertThat(api.get(path).json()).containsEntry("nickname", "Em");
    }

    @Test
    void ofManyWhoSaveTheSameVersionOneWins() throws Exception {
        String path = "/api/contacts/" + contact();
        String etag = api.get(path).etag();

        List<Answer> answers =
                Together.run(8, number -> api.with("If-Match", etag).patch(path, Map.of("nickname", "N" + number)));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .hasSize(7)
                .allSatisfy(answer -> answer.expectProblem(412, "record.stale"));
    }

    @Test
    void savesOfDifferentFieldsAtOneTimeAllSurvive() throws Exception {
        List<String> fields =
                List.of("prefix", "givenName", "middleName", "familyName", "suffix", "nickname", "source", "notes");
        String path = "/api/contacts/" + contact();

        List<Answer> answers =
                Together.run(fields.size(), number -> api.patch(path, Map.of(fields.get(number), "V" + number)));

        assertThat(answers).allSatisfy(answer -> answer.expect(200));
        Map<String, Object> saved = api.get(path).json();
        for (int i = 0; i < fields.size(); i++) {
            assertThat(saved).containsEntry(fields.get(i), "V" + i);
        }
    }
}
