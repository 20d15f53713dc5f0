// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappingTest {

    /** As Google Contacts writes it since 2024. */
    private static final String GOOGLE = "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,"
            + "Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,"
            + "Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,"
            + "E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 12 - Label,Phone 12 - Value,Address 1 - Label,"
            + "Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,"
            + "Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Website 1 - Label,"
            + "Website 1 - Value";

    /** As Google Contacts wrote it before. */
    private static final String OLD_GOOGLE = "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,"
            + "Additional Name Yomi,Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,"
            + "Birthday,Gender,Location,Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,"
            + "Priority,Subject,Notes,Language,Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,"
            + "Phone 1 - Value";

    private static final String OUTLOOK = "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,"
            + "Business Street,Business Street 2,Business Street 3,Business City,Business State,Business Postal Code,"
            + "Business Country/Region,Home Street,Home City,Business Fax,Business Phone,Business Phone 2,Home Phone,"
            + "Mobile Phone,Birthday,Categories,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,"
            + "Gender,Notes,Web Page";

    @Test
    void googlesColumnsAreKnown() throws IOException {
        Mapping mapping = contact(GOOGLE);

        assertThat(mapping.preset()).isEqualTo("google");
        assertThat(mapping.json())
                .containsEntry("First Name", "givenName")
                .containsEntry("E-mail 2 - Value", "emails[1].address")
                .containsEntry("Phone 12 - Value", "phones[11].number")
                .containsEntry("Address 1 - City", "addresses[0].city")
                .doesNotContainKeys("Photo", "File As");
    }

    @Test
    void googlesOldColumnsAreKnown() throws IOException {
        Mapping mapping = contact(OLD_GOOGLE);

        assertThat(mapping.preset()).isEqualTo("google");
        assertThat(mapping.json())
                .containsEntry("Name", "name")
                .containsEntry("Group Membership", "tags")
                .containsEntry("E-mail 1 - Type", "emails[0].label");
    }

    @Test
    void outlooksColumnsAreKnownAndSayWhatANumberIsFor() throws IOException {
        Mapping mapping = contact(OUTLOOK);

        assertThat(mapping.preset()).isEqualTo("outlook");
        assertThat(mapping.json())
                .containsEntry("E-mail Address", "emails[0].address")
                .containsEntry("E-mail 2 Address", "emails[1].address")
                .doesNotContainKey("Gender");
        assertThat(mapping.targets().get("Home Phone").constants()).containsValue("home");
    }

    @Test
    void theHeadersOfOtherProgramsAreKnownInOtherLanguages() throws IOException {
        Mapping mapping = contact("姓名,電子郵件,公司");

        assertThat(mapping.preset()).isEqualTo("generic");
        assertThat(mapping.json()).containsEntry("姓名", "name").containsEntry("電子郵件", "emails[0].address");
    }

    @Test
    void persianWithArabicLettersIsPersian() throws IOException {
        assertThat(contact("\u0646\u0627\u0645,\u0627\u064a\u0645\u064a\u0644").json())
                .containsEntry("\u0627\u064a\u0645\u064a\u0644", "emails[0].address");
    }

    @Test
    void caseAndSpacesDoNotMatter() throws IOException {
        assertThat(contact("  FIRST  name ,e-MAIL 1 - value").json())
                .containsEntry("  FIRST  name ", "givenName")
                .containsEntry("e-MAIL 1 - value", "emails[0].address");
    }

    @Test
    void pathsOfThisSystemsOwnExportLeadBack() throws IOException {
        Mapping mapping = contact("id,emails[0].address,emails[3].label,budget.amount,tags,createdAt,secret,summary");

        assertThat(mapping.json())
                .containsOnlyKeys("emails[0].address", "emails[3].label", "budget.amount", "tags")
                .allSatisfy((header, path) -> assertThat(path).isEqualTo(header));
    }

    @Test
    void fieldsAreFoundByTheirNameAndByTheirLabelInAnyLanguage() {
        Mapping mapping = Mapping.of(
                List.of("score", "Age in years", "نام"),
                Person.TYPE,
                Presets.of(Person.TYPE),
                Person.labels(),
                Map.of());

        assertThat(mapping.json()).isEqualTo(Map.of("score", "score", "Age in years", "age", "نام", "name"));
    }

    @Test
    void aTypeWithoutAMappingFileIsMappedByNames() {
        Mapping mapping = Mapping.of(
                List.of("name", "E-mail"), Person.TYPE, new Presets(List.of(), ""), Person.labels(), Map.of());

        assertThat(mapping.preset()).isEmpty();
        assertThat(mapping.json()).containsOnlyKeys("name");
    }

    /** The mapping file that contacts bring, with a type that has most of their fields. */
    private static Mapping contact(String headers) throws IOException {
        Presets presets = Presets.parse(
                Files.readAllBytes(Path.of("../contacts/src/main/resources/CRM-INF/import/contact.json")));
        return Mapping.of(Arrays.asList(headers.split(",")), Person.TYPE, presets, Person.labels(), Map.of());
    }
}
