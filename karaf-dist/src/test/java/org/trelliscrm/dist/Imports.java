// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files as other programs write them come in, and go out again. */
abstract class Imports {

    private static final String BOUNDARY = "trellis-boundary";

    private final Api api;

    Imports(Database database) {
        api = Servers.on(database).admin();
    }

    @Test
    void aGoogleExportComesIn() {
        String file =
                """
                First Name,Middle Name,Last Name,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Organization Name,Organization Title,Address 1 - City,Address 1 - Country
                Ada,,Lovelace,1815-12-10,"First, of all",Friends ::: * myContacts,* Work,ada@lovelace.example,Home,ada.home@lovelace.example,Mobile,+44 20 7946 0018,Analytical Ltd,Countess,London,United Kingdom
                مریم,,میرزاخانی, --05-12,,,,maryam@mirzakhani.example,,,,,Stanford,,تهران,Iran
                """;

        Map<String, Object> outcome = done(importFile("google.csv", file.getBytes(StandardCharsets.UTF_8)));

        assertThat(outcome).containsEntry("created", 2).containsEntry("rejected", 0);
        Map<String, Object> ada = one("emails.address eq ada.home@lovelace.example");
        assertThat(ada)
                .containsEntry("name", "Ada Lovelace")
                .containsEntry("email", "ada@lovelace.example")
                .containsEntry("phone", "+442079460018")
                .containsEntry("birthday", "1815-12-10")
                .containsEntry("notes", "First, of all")
                .containsEntry("jobTitle", "Countess");
        assertThat(one("emails.address eq maryam@mirzakhani.example")
                        .get("name")
                        .toString())
                .contains("میرزاخانی");
    }

    @Test
    void anOutlookExportComesIn() {
        String file =
                "First Name,Last Name,Company,Job Title,Business Phone,E-mail Address,E-mail 2 Address,Home City\r\n"
                        + "Grace,Hopper,Navy,Admiral,+1 202-555-0172,grace@hopper.example,amazing@hopper.example,Arlington\r\n";

        Map<String, Object> outcome = done(importFile("outlook.csv", file.getBytes(Charset.forName("windows-1252"))));

        assertThat(outcome).containsEntry("created", 1);
        assertThat(one("emails.address eq amazing@hopper.example"))
                .containsEntry("name", "Grace Hopper")
                .containsEntry("phone", "+12025550172")
                .containsEntry("jobTitle", "Admiral");
    }

    @Test
    void theSameFileTwiceChangesNothing() {
        byte[] file =
                "Name,E-mail,Phone\nTwice Told,twice@told.example,+44 20 7946 0020\n".getBytes(StandardCharsets.UTF_8);

        Map<String, Object> first = done(importFile("twice.csv", file));
        Map<String, Object> second = done(importFile("twice.csv", file));

        assertThat(first).containsEntry("created", 1);
        assertThat(second).containsEntry("created", 0).containsEntry("rejected", 0);
        assertThat(api.list("contacts", "email eq twice@told.example").items()).hasSize(1);
    }

    @Test
    void whatIsRejectedComesBackWithTheReason() {
        byte[] file = "Name,E-mail\nGood One,good@one.example\nBad One,not an address\n\"open quote,x@y.example\n"
                .getBytes(StandardCharsets.UTF_8);

        Map<String, Object> job = importFile("rejects.csv", file);

        assertThat(done(job)).containsEntry("created", 1).containsEntry("rejected", 2);
        Map<?, ?> offered = (Map<?, ?>) ((List<?>) job.get("files")).get(0);
        Answer rejected = api.get((String) offered.get("href")).expect(200);
        assertThat(rejected.text()).contains("not an address").contains("open quote");
        assertThat(rejected.header("Content-Disposition")).contains("attachment");
        api.get("/api/jobs/" + job.get("id") + "/files/..%2f..%2fcrm.pid").expect(404);
    }

    @Test
    void cardsOfThreeVersionsComeIn() {
        String file =
                """
                BEGIN:VCARD
                VERSION:2.1
                N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BCrgen;;;
                TEL;CELL;PREF:+49 30 901820
                EMAIL;INTERNET:juergen@mueller.example
                END:VCARD
                BEGIN:VCARD
                VERSION:3.0
                FN:王小明
                N:王;小明;;;
                EMAIL;TYPE=WORK:xiaoming@wang.example
                END:VCARD
                BEGIN:VCARD
                VERSION:4.0
                FN:Бат Дорж
                EMAIL:bat@dorj.example
                END:VCARD
                BEGIN:VCARD
                VERSION:3.0
                N:;;;;
                END:VCARD
                """
                        .replace("\n", "\r\n");

        Map<String, Object> outcome = done(importFile("cards.vcf", file.getBytes(StandardCharsets.UTF_8)));

        assertThat(outcome).containsEntry("created", 3).containsEntry("rejected", 1);
        assertThat(one("email eq juergen@mueller.example")).containsEntry("name", "Jürgen Müller");
        assertThat(one("email eq xiaoming@wang.example")).containsEntry("name", "王小明");
        assertThat(one("email eq bat@dorj.example")).containsEntry("name", "Бат Дорж");
    }

    @Test
    void whatWasExportedComesInAgainUnchanged() {
        String mark = "mark-" + System.nanoTime();
        String id = api.create(
                "contacts",
                Map.of(
                        "name", "=HYPERLINK(\"http://evil.example\")",
                        "source", mark,
                        "emails", List.of(Map.of("address", "round@trip.example", "label", "work")),
                        "phones", List.of(Map.of("number", "+44 20 7946 0033")),
                        "tags", List.of("one", "two"),
                        "addresses", List.of(Map.of("street", "1 High St", "city", "Cardiff", "country", "GB"))));
        Map<String, Object> before = api.get("/api/contacts/" + id).expect(200).json();
        for (String format : List.of("csv", "vcard")) {
            Answer file = api.get(
                            "/api/contacts/export?format=" + format + "&filter=" + Api.encode("source eq " + mark))
                    .expect(200);
            assertThat(file.header("Content-Disposition")).contains("attachment");
            if (format.equals("csv")) {
                assertThat(file.text()).contains("'=HYPERLINK");
            }

            Map<String, Object> outcome =
                    done(importFile("again." + (format.equals("csv") ? "csv" : "vcf"), file.body()));

            assertThat(outcome).containsEntry("created", 0).containsEntry("rejected", 0);
            assertThat(api.get("/api/contacts/" + id).json())
                    .containsEntry("name", before.get("name"))
                    .containsEntry("email", before.get("email"))
                    .containsEntry("phone", before.get("phone"))
                    .containsEntry("tags", before.get("tags"));
        }
    }

    @Test
    void aFileThatIsNoneIsRefused() {
        send("empty.csv", new byte[0], "contact").expectProblem(400, "csv.empty");
        Map<String, Object> noCards = importFile("none.vcf", "nothing\n".getBytes(StandardCharsets.UTF_8));
        assertThat(noCards).containsEntry("state", "failed");
        assertThat(String.valueOf(noCards.get("problem"))).contains("contacts.vcard.notAVCard");
        send("x.csv", "a\n".getBytes(StandardCharsets.UTF_8), "ship").expectProblem(404, "type.unknown");
    }

    private static Map<String, Object> done(Map<String, Object> job) {
        assertThat(job).containsEntry("state", "done");
        @SuppressWarnings("unchecked")
        Map<String, Object> outcome = (Map<String, Object>) job.get("outcome");
        return outcome;
    }

    private Map<String, Object> one(String filter) {
        List<Map<String, Object>> found =
                api.list("contacts", filter).expect(200).items();
        assertThat(found).as(filter).hasSize(1);
        return found.get(0);
    }

    private Map<String, Object> importFile(String name, byte[] content) {
        return api.await(send(name, content, "contact"));
    }

    private Answer send(String name, byte[] content, String type) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\n" + type
                        + "\r\n--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return api.with("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .send("POST", "/api/imports", BodyPublishers.ofByteArray(body.toByteArray()));
    }
}
