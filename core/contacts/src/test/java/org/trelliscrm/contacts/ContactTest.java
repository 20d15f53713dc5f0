// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.trelliscrm.contacts.FieldValues.contact;
import static org.trelliscrm.contacts.FieldValues.get;
import static org.trelliscrm.contacts.FieldValues.map;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.testkit.FakeClock;
import org.trelliscrm.testkit.FakeTransaction;

class ContactTest {

    private final FakeTransaction transaction = database("");

    private static FakeTransaction database(String defaultRegion) {
        return new FakeTransaction(new FakeClock("2026-11-24T09:00:00Z"), new ContactRules(defaultRegion));
    }

    private List<Contact> all() {
        return transaction.all(Contact.class);
    }

    private void patch(Contact contact, Object... namesAndValues) {
        FieldValues.set(contact, map(namesAndValues));
        transaction.update(contact);
    }

    private Contact saved(Object... namesAndValues) {
        return transaction.create(contact(namesAndValues));
    }

    private static List<Object> list(Object... items) {
        return List.of(items);
    }

    /** One attribute of each item of a list. */
    private static List<Object> values(Contact contact, String list, String attribute) {
        return ((List<?>) get(contact, list))
                .stream().<Object>map(item -> ((Map<?, ?>) item).get(attribute)).toList();
    }

    private List<String> problemsOf(Object... namesAndValues) {
        Invalid invalid = catchThrowableOfType(Invalid.class, () -> saved(namesAndValues));
        assertThat(invalid).as("refused").isNotNull();
        return invalid.fields().stream()
                .map(problem -> problem.path() + " " + problem.code())
                .toList();
    }

    @Nested
    class Names {

        @Test
        void isMadeOfItsPartsWhenItIsLeftBlank() {
            assertThat(saved("givenName", "Anna", "middleName", "M.", "familyName", "Jones")
                            .name())
                    .isEqualTo("Anna M. Jones");
        }

        @Test
        void hasTheFamilyFirstInChinese() {
            assertThat(saved("givenName", "小明", "familyName", "王").name()).isEqualTo("王小明");
        }

        @Test
        void isTheOrganizationsWhenThereAreNoParts() {
            Contact contact = saved("positions", list(map("organizationName", "ACME", "title", "Buyer")));

            assertThat(contact.name()).isEqualTo("ACME");
            assertThat(get(contact, "kind")).isEqualTo("individual");
        }

        @Test
        void isTheFirstEmailAddressElse() {
            assertThat(saved("emails", list(map("address", "Info@Example.org"))).name())
                    .isEqualTo("info@example.org");
        }

        @Test
        void isThePhoneNumberElse() {
            assertThat(saved("phones", list(map("number", "+44 29 2022 7611"))).name())
                    .isEqualTo("+442920227611");
        }

        @Test
        void isRequiredWhenNothingElseNamesTheContact() {
            assertThat(problemsOf("notes", "somebody")).containsExactly("name field.required");
        }

        @Test
        void followsItsPartsAsLongAsItIsMadeOfThem() {
            Contact contact = saved("givenName", "Anna", "familyName", "Jones");

            patch(contact, "familyName", "Davies");

            assertThat(contact.name()).isEqualTo("Anna Davies");
        }

        @Test
        void staysAsSomebodyWroteIt() {
            Contact contact = saved("name", "Nan", "givenName", "Anna", "familyName", "Jones");

            patch(contact, "familyName", "Davies");

            assertThat(contact.name()).isEqualTo("Nan");
        }

        @Test
        void isMadeAnewWhenItIsEmptied() {
            Contact contact = saved("name", "Nan", "givenName", "Anna", "familyName", "Jones");

            patch(contact, "name", null);

            assertThat(contact.name()).isEqualTo("Anna Jones");
        }

        @Test
        void neverOutgrowsItsColumn() {
            String long1 = "é".repeat(250);

            assertThat(saved("givenName", long1, "familyName", long1).name()).hasSize(255);
        }
    }

    @Nested
    class Kinds {

        @Test
        void isAPersonByDefault() {
            assertThat(get(saved("name", "Anna"), "kind")).isEqualTo("individual");
        }

        @Test
        void isACompanyWhenNothingButTheNameOfOneIsKnown() {
            Contact contact =
                    saved("positions", list(map("organizationName", "ACME")), "phones", list(map("number", "12")));

            assertThat(get(contact, "kind")).isEqualTo("organization");
            assertThat(contact.name()).isEqualTo("ACME");
            assertThat(contact.positions()).isEmpty();
            assertThat(all()).containsExactly(contact);
        }
    }

    @Nested
    class Emails {

        @Test
        void areKeptInLowerCase() {
            Contact contact = saved("name", "A", "emails", list(map("address", "Anna.Jones@EXAMPLE.org")));

            assertThat(contact.email()).isEqualTo("anna.jones@example.org");
            assertThat(values(contact, "emails", "address")).first().isEqualTo("anna.jones@example.org");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "anna@bücher.example",
                    "用戶@例子.台灣",
                    "anna+news@mail.example.org",
                    "anna@localhost",
                    "a@firm.local",
                    "o'neill@example.co.uk",
                    "نگار@example.com"
                })
        void mayBeInternational(String address) {
            assertThat(saved("name", "A", "emails", list(map("address", address)))
                            .email())
                    .isEqualTo(address);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"anna@", "@example.org", "anna@@example.org", "anna@example.notatld", "an na@example.org"})
        void areRefusedWhenTheyAreNone(String address) {
            assertThat(problemsOf(
                            "name", "A", "emails", list(map("address", "ok@example.org"), map("address", address))))
                    .containsExactly("emails[1].address contacts.email.invalid");
        }

        @Test
        void areDroppedWhenTheyAreOnlyALabel() {
            Contact contact = saved(
                    "name",
                    "A",
                    "emails",
                    list(map("label", "Work"), map("address", "a@example.org", "label", "Home")));

            assertThat(get(contact, "emails"))
                    .isEqualTo(list(map("address", "a@example.org", "label", "home", "preferred", true)));
        }

        @Test
        void haveExactlyOnePreferred() {
            Contact contact = saved(
                    "name",
                    "A",
                    "emails",
                    list(
                            map("address", "a@example.org"),
                            map("address", "b@example.org", "preferred", true),
                            map("address", "c@example.org", "preferred", true)));

            assertThat(values(contact, "emails", "preferred")).containsExactly(false, true, false);
            assertThat(contact.email()).isEqualTo("b@example.org");
        }

        @Test
        void giveTheFirstThatWorksWhileThePreferredDoesNot() {
            Contact contact = saved(
                    "name",
                    "A",
                    "emails",
                    list(
                            map("address", "a@example.org", "preferred", true, "state", "invalid"),
                            map("address", "b@example.org")));

            assertThat(contact.email()).isEqualTo("b@example.org");
        }

        @Test
        void areNoneWhenNoneWorks() {
            Contact contact = saved("name", "A", "emails", list(map("address", "a@example.org", "state", "invalid")));

            assertThat(contact.email()).isNull();
        }

        @Test
        void areMarkedAsPreferredByGooglesStar() {
            Contact contact = saved(
                    "name",
                    "A",
                    "emails",
                    list(
                            map("address", "a@example.org", "label", "Home"),
                            map("address", "b@example.org", "label", "* Work")));

            assertThat(contact.email()).isEqualTo("b@example.org");
            assertThat(values(contact, "emails", "label")).containsExactly("home", "work");
        }
    }

    @Nested
    class Phones {

        private String e164(Object... namesAndValues) {
            return ((Phone) contactsPhones(saved(namesAndValues)).get(0)).e164();
        }

        private List<?> contactsPhones(Contact contact) {
            try {
                return (List<?>) FieldValues.field(Contact.class, "phones").get(contact);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void keepWhatWasTypedBesideTheInternationalForm() {
            Contact contact = saved("name", "A", "phones", list(map("number", "+44 (0)29 2022 7611", "label", "Cell")));

            assertThat(get(contact, "phones"))
                    .isEqualTo(list(map(
                            "number",
                            "+44 (0)29 2022 7611",
                            "e164",
                            "+442920227611",
                            "label",
                            "mobile",
                            "preferred",
                            true)));
            assertThat(contact.phone()).isEqualTo("+442920227611");
        }

        @Test
        void areReadInPersianAndArabicDigits() {
            assertThat(e164("name", "A", "phones", list(map("number", "+۹۸ ۲۱ ۸۸۵۷ ۱۲۳۴"))))
                    .isEqualTo("+982188571234");
            assertThat(e164("name", "A", "phones", list(map("number", "٠٠٩٨ ٩١٢ ٣٤٥ ٦٧٨٩"))))
                    .isEqualTo("+989123456789");
        }

        @Test
        void takeTheCountryOfTheFirstAddress() {
            assertThat(e164(
                            "name", "A",
                            "phones", list(map("number", "029 2022 7611")),
                            "addresses", list(map("country", "Cymru"), map("country", "IR"))))
                    .isEqualTo("+442920227611");
        }

        @Test
        void takeTheCountryOfTheTimeZone() {
            assertThat(e164("name", "A", "phones", list(map("number", "۰۹۱۲ ۳۴۵ ۶۷۸۹")), "timeZone", "Asia/Tehran"))
                    .isEqualTo("+989123456789");
        }

        @Test
        void takeTheCountryOfTheLanguage() {
            assertThat(e164("name", "A", "phones", list(map("number", "0912 345 678")), "language", "zh-TW"))
                    .isEqualTo("+886912345678");
            assertThat(e164("name", "A", "phones", list(map("number", "9911 2233")), "language", "mn"))
                    .isEqualTo("+97699112233");
        }

        @Test
        void takeTheDefaultRegionWhereTheContactsOwnDoesNotFit() {
            FakeTransaction tehran = database("IR");

            Contact contact = tehran.create(contact(
                    "name", "A",
                    "phones", list(map("number", "0912 345 6789")),
                    "addresses", list(map("country", "Monaco"))));

            assertThat(contact.phone()).isEqualTo("+989123456789");
        }

        @ParameterizedTest
        @ValueSource(strings = {"029 2022 7611", "ask Jane", "*100#", "118", "----"})
        void stayAsTypedWhenTheyCannotBeRead(String number) {
            Contact contact = saved("name", "A", "phones", list(map("number", number)));

            assertThat(contact.phone()).isEqualTo(number);
            assertThat(get(contact, "phones")).isEqualTo(list(map("number", number, "preferred", true)));
        }

        @Test
        void loseTheInvisibleMarksOfTheirDirection() {
            Contact contact = saved("name", "A", "phones", list(map("number", "\u202A+98 21 8857 1234\u202C")));

            assertThat(contact.phone()).isEqualTo("+982188571234");
            assertThat(values(contact, "phones", "number")).first().isEqualTo("+98 21 8857 1234");
        }
    }

    @Nested
    class Addresses {

        @ParameterizedTest
        @ValueSource(strings = {"Germany", "germany", "de", "DEU", "Deutschland", "آلمان", "德國", "Герман", "Yr Almaen"})
        void keepTheirCountryAsACode(String country) {
            Contact contact = saved("name", "A", "addresses", list(map("city", "Köln", "country", country)));

            assertThat(values(contact, "addresses", "country")).first().isEqualTo("DE");
        }

        @Test
        void keepAnUnknownCountryAsTyped() {
            Contact contact = saved("name", "A", "addresses", list(map("country", "Ruritania")));

            assertThat(values(contact, "addresses", "country")).first().isEqualTo("Ruritania");
        }
    }

    @Nested
    class TagLists {

        @Test
        void haveEachTagOnceInOrder() {
            Contact contact =
                    saved("name", "A", "tags", list(" wholesale ", "VIP", "vip", "  ", "Ärzte", "* myContacts"));

            assertThat(get(contact, "tags")).isEqualTo(list("myContacts", "VIP", "wholesale", "Ärzte"));
        }

        @Test
        void takeTheTwoWaysToWriteAPersianWordForOne() {
            Contact contact = saved("name", "A", "tags", list("مشتری\u200Cها", "مشتريها"));

            assertThat(get(contact, "tags")).isEqualTo(list("مشتری\u200Cها"));
        }
    }

    @Test
    void listsHaveAnEnd() {
        assertThat(problemsOf("name", "A", "tags", Collections.nCopies(501, "x")))
                .containsExactly("tags field.tooMany");
        assertThat(problemsOf("name", "A", "phones", Collections.nCopies(201, map("number", "1"))))
                .containsExactly("phones field.tooMany");
    }

    @Nested
    class Positions {

        @Test
        void findTheOrganizationByItsName() {
            Contact acme = saved("kind", "organization", "name", "ACME  Ltd");

            Contact contact =
                    saved("name", "Anna", "positions", list(map("organizationName", "acme ltd", "title", "Buyer")));

            assertThat(contact.organization()).isEqualTo(acme.id());
            assertThat(contact.jobTitle()).isEqualTo("Buyer");
            assertThat(contact.positions().get(0).organizationName()).isEqualTo("ACME  Ltd");
            assertThat(all()).containsExactly(acme, contact);
        }

        @Test
        void makeTheOrganizationWhenThereIsNone() {
            Contact anna = saved("name", "Anna", "positions", list(map("organizationName", "ACME", "title", "Buyer")));
            Contact bob = saved("name", "Bob", "positions", list(map("organizationName", "Acme")));

            assertThat(all())
                    .hasSize(3)
                    .filteredOn(Contact::isOrganization)
                    .extracting(Contact::name)
                    .containsExactly("ACME");
            assertThat(bob.organization()).isEqualTo(anna.organization());
        }

        @Test
        void doNotTakeAPersonForAnOrganization() {
            Contact ford = saved("name", "Ford");

            Contact contact =
                    saved("name", "Anna", "positions", list(map("organizationName", "Ford", "title", "Buyer")));

            assertThat(contact.organization()).isNotEqualTo(ford.id());
        }

        @Test
        void takeTheNameOfTheOrganizationTheyRefer() {
            Contact acme = saved("kind", "organization", "name", "ACME");

            Contact contact = saved(
                    "name",
                    "Anna",
                    "positions",
                    list(map("organization", acme.id(), "organizationName", "Acme (old)")));

            assertThat(contact.positions().get(0).organizationName()).isEqualTo("ACME");
        }

        @Test
        void showThePresentOne() {
            Contact contact = saved(
                    "name",
                    "Anna",
                    "positions",
                    list(
                            map("organizationName", "Old Ltd", "title", "Clerk", "to", "2020-12-31"),
                            map("organizationName", "New Ltd", "title", "Buyer", "from", "2021-01-01")));

            assertThat(contact.jobTitle()).isEqualTo("Buyer");
        }

        @Test
        void canBeWrittenInShort() {
            Contact acme = saved("kind", "organization", "name", "ACME");

            Contact contact = saved("name", "Anna", "organization", acme.id(), "jobTitle", "Buyer");

            assertThat(get(contact, "positions"))
                    .isEqualTo(list(map("organization", acme.id(), "organizationName", "ACME", "title", "Buyer")));
        }

        @Test
        void changeWithWhatIsWrittenInShort() {
            Contact acme = saved("kind", "organization", "name", "ACME");
            Contact contact = saved("name", "Anna", "organization", acme.id(), "jobTitle", "Buyer");

            patch(contact, "jobTitle", "Head buyer");
            assertThat(contact.positions())
                    .hasSize(1)
                    .first()
                    .extracting(Position::title)
                    .isEqualTo("Head buyer");

            patch(contact, "jobTitle", null, "organization", null);
            assertThat(contact.positions()).isEmpty();
        }

        @Test
        void areNeverAtOneself() {
            Contact acme = saved("kind", "organization", "name", "ACME");

            assertThatThrownBy(() -> patch(acme, "organization", acme.id()))
                    .isInstanceOfSatisfying(Invalid.class, problem -> assertThat(problem.fields())
                            .extracting(Invalid.FieldProblem::path, Invalid.FieldProblem::code)
                            .containsExactly(org.assertj.core.groups.Tuple.tuple(
                                    "positions[0].organization", "contacts.ownOrganization")));
            assertThatThrownBy(() -> patch(
                            acme,
                            "organization",
                            null,
                            "positions",
                            list(map("organizationName", "acme", "title", "x"))))
                    .isInstanceOf(Invalid.class);
        }

        @Test
        void endAfterTheyBegin() {
            assertThat(problemsOf(
                            "name",
                            "Anna",
                            "positions",
                            list(map("title", "Buyer", "from", "2021-01-01", "to", "2020-01-01"))))
                    .containsExactly("positions[0].to contacts.endsBeforeItBegins");
        }

        @Test
        void ofAnOrganizationDoNotMakeASecondOneOfItsName() {
            assertThat(problemsOf(
                            "kind",
                            "organization",
                            "positions",
                            list(map("organizationName", "ACME", "title", "Parent company"))))
                    .containsExactly("positions[0].organizationName contacts.ownOrganization");
        }

        @Test
        void makeNoOrganizationWhenTheContactIsRefused() {
            problemsOf(
                    "name", "Anna",
                    "emails", list(map("address", "no")),
                    "positions", list(map("organizationName", "ACME", "title", "x")));

            assertThat(all()).isEmpty();
        }
    }

    @Test
    void savingAgainChangesNothing() {
        Contact contact = saved(
                "givenName",
                "Anna",
                "familyName",
                "Jones",
                "tags",
                list("b", "a"),
                "emails",
                list(map("address", "A@example.org", "label", "Work")),
                "phones",
                list(map("number", "029 2022 7611")),
                "addresses",
                list(map("country", "Wales", "city", "Caerdydd")),
                "positions",
                list(map("organizationName", "ACME", "title", "Buyer")));
        String before = everything(contact);

        patch(contact);

        assertThat(everything(contact)).isEqualTo(before);
    }

    private static String everything(Contact contact) {
        StringBuilder all = new StringBuilder();
        for (String field : List.of(
                "kind",
                "name",
                "nameKey",
                "emails",
                "email",
                "phones",
                "phone",
                "addresses",
                "positions",
                "organization",
                "jobTitle",
                "tags")) {
            all.append(field).append('=').append(get(contact, field)).append('\n');
        }
        return all.toString();
    }
}
