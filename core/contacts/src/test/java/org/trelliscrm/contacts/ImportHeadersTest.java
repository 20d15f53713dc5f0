// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportHeadersTest {

    private static final Pattern PATH = Pattern.compile("(\\w+)(?:\\[(?:\\d+|\\{n})])?(?:\\.(\\w+))?");

    /** As Google Contacts wrote its columns until 2024. */
    private static final String GOOGLE_OLD = "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,"
            + "Additional Name Yomi,Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,"
            + "Gender,Location,Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,"
            + "Notes,Language,Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,"
            + "IM 1 - Type,IM 1 - Service,IM 1 - Value,Phone 1 - Type,Phone 1 - Value,Address 1 - Type,Address 1 - Formatted,"
            + "Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,"
            + "Address 1 - Country,Address 1 - Extended Address,Organization 1 - Type,Organization 1 - Name,"
            + "Organization 1 - Yomi Name,Organization 1 - Title,Organization 1 - Department,Organization 1 - Symbol,"
            + "Organization 1 - Location,Organization 1 - Job Description,Relation 1 - Type,Relation 1 - Value,"
            + "Website 1 - Type,Website 1 - Value,Event 1 - Type,Event 1 - Value,Custom Field 1 - Type,Custom Field 1 - Value";

    private static final String GOOGLE_NEW =
            "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,"
                    + "Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,"
                    + "Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,"
                    + "Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,"
                    + "Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,"
                    + "Address 1 - Extended Address,Relation 1 - Label,Relation 1 - Value,Website 1 - Label,Website 1 - Value,"
                    + "Event 1 - Label,Event 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value";

    private static final String OUTLOOK_DESKTOP = "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,"
            + "Job Title,Business Street,Business Street 2,Business Street 3,Business City,Business State,"
            + "Business Postal Code,Business Country/Region,Home Street,Home Street 2,Home Street 3,Home City,Home State,"
            + "Home Postal Code,Home Country/Region,Other Street,Other Street 2,Other Street 3,Other City,Other State,"
            + "Other Postal Code,Other Country/Region,Assistant's Phone,Business Fax,Business Phone,Business Phone 2,"
            + "Callback,Car Phone,Company Main Phone,Home Fax,Home Phone,Home Phone 2,ISDN,Mobile Phone,Other Fax,"
            + "Other Phone,Pager,Primary Phone,Radio Phone,TTY/TDD Phone,Telex,Account,Anniversary,Assistant's Name,"
            + "Billing Information,Birthday,Business Address PO Box,Categories,Children,Directory Server,E-mail Address,"
            + "E-mail Type,E-mail Display Name,E-mail 2 Address,E-mail 2 Type,E-mail 2 Display Name,E-mail 3 Address,"
            + "E-mail 3 Type,E-mail 3 Display Name,Gender,Government ID Number,Hobby,Home Address PO Box,Initials,"
            + "Internet Free Busy,Keywords,Language,Location,Manager's Name,Mileage,Notes,Office Location,"
            + "Organizational ID Number,Other Address PO Box,Priority,Private,Profession,Referred By,Sensitivity,Spouse,"
            + "User 1,User 2,User 3,User 4,Web Page";

    private static final String OUTLOOK_COM = "First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,"
            + "Surname Yomi,E-mail Address,E-mail 2 Address,E-mail 3 Address,Home Phone,Home Phone 2,Business Phone,"
            + "Business Phone 2,Mobile Phone,Car Phone,Other Phone,Primary Phone,Pager,Business Fax,Home Fax,Other Fax,"
            + "Company Main Phone,Callback,Radio Phone,Telex,TTY/TDD Phone,IMAddress,Job Title,Department,Company,"
            + "Office Location,Manager's Name,Assistant's Name,Assistant's Phone,Company Yomi,Business Street,"
            + "Business City,Business State,Business Postal Code,Business Country/Region,Home Street,Home City,Home State,"
            + "Home Postal Code,Home Country/Region,Other Street,Other City,Other State,Other Postal Code,"
            + "Other Country/Region,Personal Web Page,Spouse,Schools,Hobby,Location,Web Page,Birthday,Anniversary,Notes";

    private final JsonNode file = read();

    private static JsonNode read() {
        try (InputStream in = Contact.class.getResourceAsStream("/CRM-INF/import/contact.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyTargetIsAFieldThatMayBeWritten() {
        List<String> wrong = new ArrayList<>();
        for (JsonNode preset : file.get("presets")) {
            preset.properties().forEach(entry -> {
                JsonNode target = entry.getValue();
                if (target.isTextual()) {
                    check(entry.getKey(), target.asText(), wrong);
                } else if (target.isObject()) {
                    check(entry.getKey(), target.get("path").asText(), wrong);
                    target.path("set").fieldNames().forEachRemaining(path -> check(entry.getKey(), path, wrong));
                }
            });
        }

        assertThat(wrong).isEmpty();
    }

    private static void check(String header, String path, List<String> wrong) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches() || !isWritable(matcher.group(1), matcher.group(2))) {
            wrong.add(header + " → " + path);
        } else if (header.contains("{n}") != path.contains("{n}")) {
            wrong.add(header + " → " + path);
        }
    }

    private static boolean isWritable(String name, String itemName) {
        try {
            Field field = Contact.class.getDeclaredField(name);
            boolean isList = field.getType() == List.class;
            boolean hasItems = isList && FieldValues.itemClass(field) != String.class;
            if (hasItems != (itemName != null)) {
                return false;
            }
            Field leaf = hasItems ? FieldValues.itemClass(field).getDeclaredField(itemName) : field;
            org.trelliscrm.api.record.Field rules = leaf.getAnnotation(org.trelliscrm.api.record.Field.class);
            return rules != null && !rules.readOnly() && !rules.internal();
        } catch (NoSuchFieldException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GOOGLE_OLD, GOOGLE_NEW})
    void googlesColumnsAreAllKnown(String headers) {
        assertThat(unknown("google", headers)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {OUTLOOK_DESKTOP, OUTLOOK_COM})
    void outlooksColumnsAreAllKnown(String headers) {
        assertThat(unknown("outlook", headers)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Name,Email,Phone,Company,City,Tags,Notes",
                "نام,ایمیل,تلفن,شرکت,شهر,برچسب,یادداشت",
                "Enw,E-bost,Ffôn,Cwmni,Dinas,Tagiau,Nodiadau",
                "Нэр,И-мэйл,Утас,Компани,Хот,Шошго,Тэмдэглэл",
                "姓名,電子郵件,電話,公司,城市,標籤,備註"
            })
    void theUsualWordsAreKnownInEachLanguage(String headers) {
        List<String> paths = new ArrayList<>();
        for (String header : headers.split(",")) {
            paths.add(file.get("presets").get("generic").path(header).asText());
        }

        assertThat(paths)
                .containsExactly(
                        "name",
                        "emails[0].address",
                        "phones[0].number",
                        "positions[0].organizationName",
                        "addresses[0].city",
                        "tags",
                        "notes");
    }

    @Test
    void noHeaderStandsTwice() {
        for (JsonNode preset : file.get("presets")) {
            Set<String> seen = new HashSet<>();
            preset.fieldNames().forEachRemaining(header -> assertThat(seen.add(header.toLowerCase(Locale.ROOT)))
                    .as(header)
                    .isTrue());
        }
    }

    private List<String> unknown(String preset, String headers) {
        Set<String> known = new HashSet<>();
        file.get("presets").get(preset).fieldNames().forEachRemaining(known::add);
        return List.of(headers.split(",")).stream()
                .filter(header -> !known.contains(header))
                .filter(header -> !known.contains(header.replaceFirst("\\d+", "{n}")))
                .toList();
    }
}
