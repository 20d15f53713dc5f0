// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import static org.assertj.core.api.Assertions.assertThat;

import ezvcard.VCard;
import ezvcard.io.text.VCardReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trelliscrm.api.transfer.Row;

class CardWriterTest {

    /** A contact in which every field has something to lose. */
    private static Map<String, Object> anna() {
        Map<String, Object> anna = new LinkedHashMap<>();
        anna.put("kind", "individual");
        anna.put("name", "Dr Anna “Nan” Jones; BSc, MA");
        anna.put("prefix", "Dr");
        anna.put("givenName", "Anna");
        anna.put("middleName", "M. N.");
        anna.put("familyName", "Jones-O'Neill, of Caerdydd");
        anna.put("suffix", "BSc, MA");
        anna.put("nickname", "Nan");
        anna.put(
                "emails",
                List.of(
                        Map.of("address", "anna@example.org", "label", "work", "preferred", true, "state", "ok"),
                        Map.of(
                                "address",
                                "نگار@example.com",
                                "label",
                                "تعطیلات",
                                "preferred",
                                false,
                                "state",
                                "opted_out"),
                        Map.of("address", "plain@example.com", "preferred", false)));
        anna.put(
                "phones",
                List.of(
                        Map.of("number", "(029) 2022 7611", "label", "work fax", "preferred", true),
                        Map.of("number", "۰۹۱۲ ۳۴۵", "label", "mobile", "preferred", false, "state", "invalid"),
                        Map.of("number", "1,,2;3", "label", "fax work", "preferred", false)));
        anna.put(
                "addresses",
                List.of(Map.of(
                        "label", "home",
                        "poBox", "7",
                        "extended", "Flat 2, left",
                        "street", "1 Stryd; y\nCastell",
                        "city", "Caerdydd",
                        "region", "De Cymru",
                        "postalCode", "CF10 1BS",
                        "country", "United Kingdom",
                        "preferred", true)));
        anna.put(
                "websites",
                List.of(
                        Map.of("url", "https://example.org/a,b;c?d=e", "label", "My \"own\""),
                        Map.of("url", "http://example.com")));
        anna.put(
                "profiles",
                List.of(
                        Map.of("service", "Mastodon", "handle", "anna@toot.wales", "url", "https://toot.wales/@anna"),
                        Map.of("service", "skype", "handle", "anna.j"),
                        Map.of("url", "https://example.org/anna")));
        anna.put(
                "positions",
                List.of(
                        Map.of(
                                "organizationName",
                                "ACME; Söhne, Ltd",
                                "title",
                                "Buyer, senior",
                                "department",
                                "R&D",
                                "from",
                                "2020-01-01"),
                        Map.of("title", "Trustee", "from", "2019-01-01", "to", "2020-02-03"),
                        Map.of("organizationName", "Third"),
                        Map.of("department", "Choir")));
        anna.put("birthday", "1990-05-17");
        anna.put("language", "cy");
        anna.put("timeZone", "Europe/London");
        anna.put("source", "Fair, 2026");
        anna.put("lifecycle", "customer");
        anna.put("tags", List.of("a, b", "VIP", "برچسب"));
        anna.put("notes", "One\n\nTwo, three; four\\five “" + "😀".repeat(80) + "”");
        return anna;
    }

    private static byte[] written(List<Map<String, Object>> contacts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new VCardFormat().write(contacts.iterator(), out);
        return out.toByteArray();
    }

    private static List<Row> read(byte[] file) throws IOException {
        List<Row> rows = new ArrayList<>();
        new VCardFormat().read(new ByteArrayInputStream(file), rows::add);
        return rows;
    }

    @Test
    void whatIsWrittenIsReadBackWhole() throws IOException {
        Map<String, Object> acme = Map.of(
                "kind", "organization",
                "name", "ACME",
                "positions", List.of(Map.of("organizationName", "Holding", "title", "Daughter")));

        List<Row> rows = read(written(List.of(anna(), acme)));

        Map<String, Object> expected = new HashMap<>(anna());
        expected.replaceAll((field, value) -> withoutFalse(value));
        // A person is what a card is when it does not say so.
        expected.remove("kind");
        assertThat(rows.get(0).unused()).isEmpty();
        assertThat(rows.get(0).values()).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(rows.get(1).values()).isEqualTo(acme);
    }

    /** A card says which address is preferred, not which is not. */
    private static Object withoutFalse(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(CardWriterTest::withoutFalse).toList();
        } else if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new HashMap<>(map);
            copy.remove("preferred", false);
            return copy;
        }
        return value;
    }

    @Test
    void othersReadItToo() throws IOException {
        VCard card = new VCardReader(new String(written(List.of(anna())), StandardCharsets.UTF_8)).readNext();

        assertThat(card.getFormattedName().getValue()).isEqualTo(anna().get("name"));
        assertThat(card.getStructuredName().getFamily()).isEqualTo(anna().get("familyName"));
        assertThat(card.getEmails())
                .extracting(email -> email.getValue())
                .containsExactly("anna@example.org", "نگار@example.com", "plain@example.com");
        assertThat(card.getTelephoneNumbers().get(0).getTypes())
                .extracting(type -> type.getValue())
                .containsExactlyInAnyOrder("work", "fax", "pref");
        assertThat(card.getAddresses().get(0).getStreetAddress()).isEqualTo("1 Stryd; y\nCastell");
        assertThat(card.getAddresses().get(0).getCountry()).isEqualTo("United Kingdom");
        assertThat(card.getOrganization().getValues()).containsExactly("ACME; Söhne, Ltd", "R&D");
        assertThat(card.getCategories().getValues()).containsExactly("a, b", "VIP", "برچسب");
        assertThat(card.getNotes().get(0).getValue()).isEqualTo(anna().get("notes"));
        assertThat(card.getBirthday().getDate()).isEqualTo(java.time.LocalDate.of(1990, 5, 17));
    }

    @Test
    void aCountryIsWrittenAsPeopleReadIt() throws IOException {
        Map<String, Object> contact = Map.of("name", "A", "addresses", List.of(Map.of("country", "TW")));

        assertThat(new String(written(List.of(contact)), StandardCharsets.UTF_8))
                .contains("ADR:;;;;;;Taiwan\r\n");
    }

    @Test
    void nothingWrittenStartsALineOfItsOwn() throws IOException {
        Map<String, Object> evil = Map.of(
                "name", "A\r\nEND:VCARD",
                "source", "x\nNOTE:y",
                "emails", List.of(Map.of("address", "a@example.org", "label", "l\r\nTEL:1")),
                "websites", List.of(Map.of("url", "http://example.org/\r\nTEL:2")),
                "profiles",
                        List.of(Map.of("service", "s\";X=\n", "handle", "h\r\nTEL:3", "url", "https://example.org")));

        List<Row> rows = read(written(List.of(evil)));

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).values()).doesNotContainKeys("phones", "notes");
    }
}
