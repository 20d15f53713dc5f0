// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.transfer.Row;

/** Reads the files in the resources beside it, each written as one program or one mishap writes it. */
class VCardFormatTest {

    private static List<Row> read(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(VCardFormatTest.class.getResourceAsStream(file), file)) {
            return read(in);
        }
    }

    private static List<Row> read(InputStream in) throws IOException {
        List<Row> rows = new ArrayList<>();
        new VCardFormat().read(in, rows::add);
        return rows;
    }

    private static Row readOne(String file) throws IOException {
        List<Row> rows = read(file);
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).problem()).isNull();
        return rows.get(0);
    }

    private static Row readText(String... lines) throws IOException {
        String card = "BEGIN:VCARD\r\n" + String.join("\r\n", lines) + "\r\nEND:VCARD\r\n";
        return read(new ByteArrayInputStream(card.getBytes(StandardCharsets.UTF_8)))
                .get(0);
    }

    @Test
    void androidsQuotedPrintableIsRead() throws IOException {
        Row row = readOne("android-2.1.vcf");

        assertThat(row.values())
                .isEqualTo(Map.of(
                        "familyName", "رضایی",
                        "givenName", "نگار",
                        "name", "نگار رضایی",
                        "nickname", "نگی",
                        "phones",
                                List.of(
                                        Map.of("label", "mobile", "preferred", true, "number", "+98-912-345-6789"),
                                        Map.of("label", "work fax", "number", "02188571234"),
                                        Map.of("label", "ویلا", "number", "+98 11 5262 1234"),
                                        Map.of("label", "assistent", "number", "118")),
                        "emails", List.of(Map.of("label", "home", "address", "Negar@Example.com")),
                        "addresses",
                                List.of(Map.of(
                                        "label", "home",
                                        "street", "خیابان ولیعصر، پلاک ۱۲",
                                        "city", "تهران",
                                        "postalCode", "1966843111",
                                        "country", "ایران")),
                        "notes", "سطر نخست\nسطر دوم = مهم",
                        "birthday", "1990-05-17",
                        "websites", List.of(Map.of("url", "http://www.example.com/~negar"))));
        assertThat(row.unused()).containsExactlyInAnyOrder("X-PHONETIC-FIRST-NAME", "PHOTO");
        assertThat(row.raw())
                .startsWith("BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8")
                .endsWith("END:VCARD\r\n");
    }

    @Test
    void outlooksWindowsLettersAreRead() throws IOException {
        Row row = readOne("outlook-2.1.vcf");

        assertThat(row.values())
                .containsEntry("name", "Dr. Jürgen Müller")
                .containsEntry("prefix", "Dr.")
                .containsEntry("notes", "Zürich ändern\n\nZweiter Absatz")
                .containsEntry("birthday", "1964-02-17")
                .containsEntry("emails", List.of(Map.of("preferred", true, "address", "Juergen.Mueller@example.com")))
                .containsEntry(
                        "positions",
                        List.of(Map.of(
                                "organizationName", "Bäckerei Müller, Söhne & Co.",
                                "department", "Einkauf",
                                "title", "Geschäftsführer")))
                .containsEntry(
                        "addresses",
                        List.of(Map.of(
                                "label", "work",
                                "preferred", true,
                                "extended", "2. Stock, links",
                                "street", "Königsallee 1, Hinterhaus",
                                "city", "Düsseldorf",
                                "region", "NRW",
                                "postalCode", "40212",
                                "country", "Deutschland")))
                .containsEntry("profiles", List.of(Map.of("handle", "juergen.mueller")));
        assertThat(row.unused())
                .containsExactlyInAnyOrder(
                        "ROLE", "X-MS-OL-DEFAULT-POSTAL-ADDRESS", "X-MS-CARDPICTURE", "X-MS-OL-DESIGN", "REV");
        assertThat(row.raw()).contains("Bäckerei");
    }

    @Test
    void rawShiftJisIsReadThoughItHoldsTheByteOfTheBackslash() throws IOException {
        Row row = readOne("shift-jis-2.1.vcf");

        assertThat(row.values())
                .containsEntry("familyName", "表")
                .containsEntry("givenName", "ソノ子")
                .containsEntry("notes", "能力表");
        assertThat(row.values().get("addresses"))
                .isEqualTo(List.of(Map.of(
                        "label", "home",
                        "street", "①千代田区丸の内１－１",
                        "city", "東京",
                        "postalCode", "100-0005",
                        "country", "日本")));
        assertThat(row.unused()).containsExactly("SOUND");
        assertThat(row.raw()).contains("表 ソノ子");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shift-jis-undeclared.vcf 高橋 健一",
                "big5.vcf 王小明",
                "windows-1251.vcf Болдбаатар Энхтуяа",
                "gb2312-qp.vcf 联通"
            })
    void lettersOfOtherAlphabetsAreRead(String fileAndName) throws IOException {
        String[] expected = fileAndName.split(" ", 2);

        assertThat(readOne(expected[0]).values()).containsEntry("name", expected[1]);
    }

    @Test
    void japaneseOfOldMailProgramsIsRead() throws IOException {
        assertThat(readOne("iso-2022-jp.vcf").values())
                .containsEntry("familyName", "山田")
                .containsEntry("givenName", "太郎");
    }

    @Test
    void iPhonesGroupsAreLabels() throws IOException {
        Row row = read("iphone-3.0.vcf").get(0);

        assertThat(row.values())
                .containsEntry("prefix", "Dr")
                .containsEntry("middleName", "Q.")
                .containsEntry("suffix", "Jr.")
                .containsEntry("nickname", "Sia, Johnny")
                .containsEntry(
                        "positions",
                        List.of(Map.of(
                                "organizationName", "Example, Inc.", "department", "R&D, Lab 3", "title", "Engineer")))
                .containsEntry(
                        "emails",
                        List.of(
                                Map.of("label", "home", "preferred", true, "address", "sian@example.com"),
                                Map.of("label", "Cwtch", "address", "sian.a@example.org")))
                .containsEntry(
                        "phones",
                        List.of(
                                Map.of("label", "mobile", "preferred", true, "number", "+44 7700 900123"),
                                Map.of("label", "mobile iphone", "number", "(029) 2022 7611"),
                                Map.of("label", "assistant", "number", "+44 29 2018 0000")))
                .containsEntry(
                        "addresses",
                        List.of(Map.of(
                                "label", "work",
                                "preferred", true,
                                "street", "1 Stryd y Castell\nUned 4",
                                "city", "Caerdydd",
                                "postalCode", "CF10 1BS",
                                "country", "gb")))
                .containsEntry("websites", List.of(Map.of("url", "http://www.example.com/sian", "label", "homepage")))
                .containsEntry(
                        "profiles",
                        List.of(
                                Map.of("service", "Skype", "handle", "sian.skype"),
                                Map.of("service", "twitter", "handle", "siana", "url", "https://twitter.com/siana"),
                                Map.of("service", "mastodon", "handle", "sian@toot.wales")))
                .containsEntry("tags", List.of("Ffrindiau", "Cwsmer, mawr"))
                .containsEntry("notes", "Llinell un\nLlinell dau; a mwy, C:\\dir");
        assertThat(row.unused())
                .containsExactlyInAnyOrder(
                        "X-PHONETIC-FIRST-NAME",
                        "BDAY",
                        "X-ABDATE",
                        "X-ABRELATEDNAMES",
                        "X-ABLABEL",
                        "PHOTO",
                        "X-IMAGETYPE",
                        "UID",
                        "REV");
    }

    @Test
    void aCompanysCardIsAnOrganization() throws IOException {
        assertThat(read("iphone-3.0.vcf").get(1).values())
                .isEqualTo(Map.of(
                        "name", "Gwasg Example Cyf",
                        "kind", "organization",
                        "phones", List.of(Map.of("label", "main", "preferred", true, "number", "029 2022 0000"))));
    }

    @Test
    void googlesCardsAreRead() throws IOException {
        List<Row> rows = read("google-3.0.vcf");

        assertThat(rows).extracting(Row::number).containsExactly(1L, 2L);
        assertThat(rows.get(0).values())
                .containsEntry("positions", List.of(Map.of("organizationName", "Номин ХХК", "title", "Захирал")))
                .containsEntry("tags", List.of("myContacts", "VIP"))
                .containsEntry(
                        "websites", List.of(Map.of("url", "http://www.google.com/profiles/1234", "label", "PROFILE")));
        assertThat(rows.get(0).unused()).containsExactlyInAnyOrder("X-ABDATE", "X-ABLABEL", "PHOTO");
        assertThat(rows.get(1).values()).containsEntry("name", "Second Person");
    }

    @Test
    void version4IsRead() throws IOException {
        Row row = readOne("rfc6350-4.0.vcf");

        assertThat(row.values())
                .containsEntry("name", "Simon Perreault")
                .containsEntry("suffix", "ing. jr, M.Sc.")
                .containsEntry("kind", "individual")
                .containsEntry("language", "fr-CA")
                .containsEntry("timeZone", "America/Montreal")
                .containsEntry(
                        "phones",
                        List.of(
                                Map.of("label", "work", "preferred", true, "number", "+1-418-656-9254 ext. 102"),
                                Map.of("label", "work mobile video", "number", "+1-418-262-6501")))
                .containsEntry(
                        "profiles",
                        List.of(
                                Map.of("service", "xmpp", "handle", "simon@example.com"),
                                Map.of("service", "Mastodon", "url", "https://example.com/@simon"),
                                Map.of("service", "qq", "handle", "21588891")))
                .containsEntry("notes", "Caret ^n stays, too");
        assertThat(row.unused())
                .containsExactlyInAnyOrder(
                        "FN", "BDAY", "ANNIVERSARY", "GENDER", "LANG", "GEO", "KEY", "RELATED", "UID");
    }

    @Test
    void groupsAreRejected() throws IOException {
        List<Row> rows = read("groups.vcf");

        assertThat(rows)
                .extracting(Row::problem)
                .containsExactly("contacts.vcard.group", "contacts.vcard.group", null, null);
        assertThat(rows.get(2).values()).isEqualTo(Map.of("kind", "organization", "name", "ACME"));
        assertThat(rows.get(3).unused()).containsExactly("KIND");
    }

    @Test
    void linesFoldedWithinACharacterArePutTogether() throws IOException {
        Row row = readOne("folded-in-character.vcf");

        assertThat(row.values())
                .containsEntry("name", "ŵ".repeat(60))
                .containsEntry(
                        "notes",
                        "این یادداشت بلند است و باید پس از هفتاد و پنج بایت شکسته شود، هرجا که باشد؛"
                                + " 這一行也很長，會在字元中間被切斷。😀 Ө ү ŵ ŷ")
                .containsEntry("positions", List.of(Map.of("organizationName", "株式会社".repeat(12))));
    }

    @Test
    void inVersion21TheBlankOfAFoldBelongsToTheText() throws IOException {
        Row row = readOne("folded-2.1.vcf");

        assertThat(row.values())
                .containsEntry("name", "ŵ".repeat(60))
                .containsEntry("notes", "This is folded at a blank.");
    }

    @Test
    void aCardNeedsSomeName() throws IOException {
        List<Row> rows = read("no-fn.vcf");

        assertThat(rows)
                .extracting(Row::problem)
                .containsExactly(null, null, null, null, null, "contacts.vcard.noName");
        assertThat(rows.get(0).values()).isEqualTo(Map.of("familyName", "Jones", "givenName", "Anna"));
        assertThat(rows.get(1).values())
                .isEqualTo(Map.of("positions", List.of(Map.of("organizationName", "ACME", "title", "Buyer"))));
        assertThat(rows.get(4).values()).containsEntry("name", "Nan");
        assertThat(rows.get(5).raw()).contains("nobody knows who this is");
    }

    @Test
    void damagedPlacesAreToldAndTheRestIsRead() throws IOException {
        List<Row> rows = read("damaged.vcf");

        assertThat(rows).extracting(Row::number).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(rows)
                .extracting(Row::problem)
                .containsExactly(
                        "contacts.vcard.noBegin",
                        "contacts.vcard.noEnd",
                        null,
                        "contacts.vcard.noBegin",
                        null,
                        null,
                        null,
                        "contacts.vcard.noEnd");
        assertThat(rows.get(0).raw()).contains("Sent from my phone").contains("FN:Lost");
        assertThat(rows.get(1).raw()).contains("Cut off").doesNotContain("Whole");
        assertThat(rows.get(4).values())
                .containsEntry("name", "Writtentwice")
                .containsEntry("notes", "First line\nsecond line without any mark\nand a third");
        assertThat(rows.get(5).values())
                .containsEntry("name", "No version")
                .containsEntry("phones", List.of(Map.of("label", "mobile", "number", "3")));
        assertThat(rows.get(6).values()).containsEntry("name", "lower case");
        assertThat(rows.get(7).raw()).contains("The file ends in the mid");
    }

    @Test
    void cardsWithinCardsAreLeftOut() throws IOException {
        List<Row> rows = read("agent.vcf");

        assertThat(rows).hasSize(3).allSatisfy(row -> assertThat(row.unused()).containsExactly("AGENT"));
        assertThat(rows.get(0).values())
                .containsEntry("givenName", "Fred")
                .containsEntry("phones", List.of(Map.of("label", "work", "number", "+1-213-555-9876")));
        assertThat(rows.get(1).values()).containsEntry("familyName", "Monday");
        assertThat(rows.get(2).values()).containsEntry("name", "Wendy Wednesday");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ends-lf.vcf",
                "ends-cr.vcf",
                "ends-crcrlf.vcf",
                "ends-none.vcf",
                "utf-16le-bom.vcf",
                "utf-16be-bom.vcf",
                "utf-16le.vcf",
                "utf-8-boms.vcf"
            })
    void anyEndOfLineAndUnicodeFormWillDo(String file) throws IOException {
        List<Row> rows = read(file);

        assertThat(rows).extracting(row -> row.values().get("name")).containsExactly("Siân", "Örn");
        assertThat(rows.get(0).values()).containsEntry("notes", "one two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty.vcf", "blank.vcf"})
    void anEmptyFileIsRefused(String file) {
        assertThatThrownBy(() -> read(file)).isInstanceOfSatisfying(Invalid.class, problem -> assertThat(problem.code())
                .isEqualTo("contacts.vcard.empty"));
    }

    @Test
    void anotherKindOfFileIsRefused() {
        assertThatThrownBy(() -> read("not-a-vcard.csv"))
                .isInstanceOfSatisfying(
                        Invalid.class, problem -> assertThat(problem.code()).isEqualTo("contacts.vcard.notAVCard"));
    }

    @Test
    void backslashesMeanWhatTheVersionSays() throws IOException {
        List<Row> rows = read("backslashes.vcf");

        String note = "C:\\new\\table, \\\\server\\share; done\\";
        assertThat(rows.get(0).values())
                .containsEntry("familyName", "Back;slash")
                .containsEntry("givenName", "Bob, the first")
                .containsEntry("notes", note);
        assertThat(rows.get(1).values()).isEqualTo(rows.get(0).values());
        assertThat(rows.get(2).values()).containsEntry("notes", "C:\\temp\\xyz");
    }

    @Test
    void quotedPrintableIsReadWhereItDoesNotBelong() throws IOException {
        List<Row> rows = read("qp-oddities.vcf");

        assertThat(rows.get(0).values())
                .containsEntry("name", "Łukasz; Ż")
                .containsEntry("notes", "100% =zz soft break");
        assertThat(rows.get(1).values()).containsEntry("name", "Привет мир, это длинное имя");
    }

    @Test
    void anEndlessCardIsRejectedAndTheNextIsRead() throws IOException {
        byte[] start = "BEGIN:VCARD\r\nFN:Big\r\nNOTE:".getBytes(StandardCharsets.US_ASCII);
        byte[] end = "\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Next\r\nEND:VCARD\r\n".getBytes(StandardCharsets.US_ASCII);
        InputStream endless = new java.io.SequenceInputStream(java.util.Collections.enumeration(
                List.of(new ByteArrayInputStream(start), new Letters(20_000_000), new ByteArrayInputStream(end))));

        List<Row> rows = read(endless);

        assertThat(rows).extracting(Row::problem).containsExactly("contacts.vcard.tooLong", null);
        assertThat(rows.get(1).values()).containsEntry("name", "Next");
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://"})
    void linksThatMayNotBeFollowedAreNotKept(String url) throws IOException {
        Row row = readText("VERSION:3.0", "FN:A", "URL:" + url);

        assertThat(row.values()).doesNotContainKey("websites");
        assertThat(row.unused()).containsExactly("URL");
    }

    @Test
    void everyPropertyIsUsedOrTold() throws IOException {
        Row row = readText(
                "VERSION:4.0",
                "FN:A",
                "BDAY:circa 1800",
                "TZ:-0500",
                "LANG:not a language",
                "X-SOMETHING:1",
                "LABEL:x",
                "item1.X-ABLabel:y",
                "KIND:application",
                "N:A;;;;",
                "N:B;;;;",
                "ROLE:r",
                "TITLE:t",
                "EMAIL:",
                "HOBBY: ");

        assertThat(row.unused())
                .containsExactlyInAnyOrder(
                        "BDAY", "TZ", "LANG", "X-SOMETHING", "LABEL", "X-ABLABEL", "KIND", "N", "ROLE");
    }

    @Test
    void aSuffixWithACommaStaysOne() throws IOException {
        assertThat(readText("VERSION:2.1", "N:Jones;Anna;;;BSc, MA").values()).containsEntry("suffix", "BSc, MA");
    }

    /** Whatever the bytes: a file is read or refused, and nothing else happens. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "android-2.1.vcf",
                "outlook-2.1.vcf",
                "shift-jis-2.1.vcf",
                "iphone-3.0.vcf",
                "rfc6350-4.0.vcf",
                "agent.vcf",
                "damaged.vcf",
                "qp-oddities.vcf",
                "utf-16le-bom.vcf"
            })
    void brokenBytesDoNoHarm(String file) throws IOException {
        byte[] whole;
        try (InputStream in = Objects.requireNonNull(VCardFormatTest.class.getResourceAsStream(file))) {
            whole = in.readAllBytes();
        }
        Random random = new Random(2026);
        for (int i = 0; i < 200; i++) {
            byte[] broken = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            for (int j = 0; j < 5; j++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(read(new ByteArrayInputStream(broken))).isNotEmpty();
            } catch (Invalid refused) {
                assertThat(refused.code()).startsWith("contacts.vcard.");
            }
        }
    }

    @Test
    void longLinesAreReadInOneGo() throws IOException {
        String blanks = " ".repeat(2_000_000);
        String agents = "AGENT;".repeat(300_000);
        // Whoever looks at each blank again for each blank needs hours.
        Row row = assertTimeoutPreemptively(
                Duration.ofMinutes(2),
                () -> readText(
                        "VERSION:2.1",
                        "FN:A" + blanks + "B",
                        "NOTE:x" + blanks + "y",
                        agents + ":z",
                        "TEL;" + agents + "=:1"));

        assertThat(row.problem()).isNull();
    }

    @Test
    void thousandsOfCardsAreReadInNoTime() throws IOException {
        String card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna Jones\r\nN:Jones;Anna;;;\r\nORG:ACME;R&D\r\n"
                + "TEL;TYPE=CELL:+44 7700 900123\r\nEMAIL;TYPE=WORK:anna@example.org\r\nNOTE:some words\r\nEND:VCARD\r\n";
        List<Row> rows = read(new ByteArrayInputStream(card.repeat(5000).getBytes(StandardCharsets.UTF_8)));

        assertThat(rows).hasSize(5000).allMatch(row -> row.problem() == null);
    }

    /** A long line. */
    private static final class Letters extends InputStream {

        private int left;

        Letters(int count) {
            left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }
    }
}
