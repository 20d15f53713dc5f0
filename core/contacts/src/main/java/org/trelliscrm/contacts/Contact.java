// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.Field.Format;
import org.trelliscrm.api.record.RecordType;

/**
 * A person or an organisation. What people enter is kept as they wrote it wherever that loses nothing; beside it stand the
 * forms by which contacts are found and compared. {@link ContactRules} keeps both together.
 */
@RecordType(name = "contact", collection = "contacts", titleField = "name", icon = "user")
@Entity
@Table(name = "contacts_contact")
public class Contact extends BaseRecord {

    private static final int MAX_ITEMS = 200;
    private static final int MAX_TAGS = 500;

    @Field
    private @Nullable ContactKind kind;

    /** Not marked as required: it is made of other fields when it is left blank. */
    @Field(searchable = true)
    private @Nullable String name;

    @Field(internal = true)
    private @Nullable String nameKey;

    @Field
    private @Nullable String prefix;

    @Field(searchable = true)
    private @Nullable String givenName;

    @Field(searchable = true)
    private @Nullable String middleName;

    @Field(searchable = true)
    private @Nullable String familyName;

    @Field
    private @Nullable String suffix;

    @Field(searchable = true)
    private @Nullable String nickname;

    @Field
    private List<EmailAddress> emails = new ArrayList<>();

    @Field(readOnly = true, format = Format.EMAIL)
    private @Nullable String email;

    @Field
    private List<Phone> phones = new ArrayList<>();

    @Field(readOnly = true, format = Format.PHONE, maxLength = 100)
    private @Nullable String phone;

    @Field
    private List<PostalAddress> addresses = new ArrayList<>();

    @Field
    private List<WebSite> websites = new ArrayList<>();

    @Field
    private List<SocialProfile> profiles = new ArrayList<>();

    @Field
    private List<Position> positions = new ArrayList<>();

    @Field(references = "contact")
    private @Nullable Long organization;

    @Field(searchable = true)
    private @Nullable String jobTitle;

    @Field
    private List<Relation> relations = new ArrayList<>();

    @Field
    private @Nullable LocalDate birthday;

    @Field(format = Format.LANGUAGE, maxLength = 35)
    private @Nullable String language;

    @Field(format = Format.TIME_ZONE, maxLength = 50)
    private @Nullable String timeZone;

    @Field
    private @Nullable String source;

    @Field
    private @Nullable Lifecycle lifecycle;

    @Field(indexed = true, searchable = true)
    private List<String> tags = new ArrayList<>();

    @Field(format = Format.MULTILINE, maxLength = 20_000, searchable = true)
    private @Nullable String notes;

    /** An organisation of which only the name is known. */
    static Contact organization(String name) {
        Contact organization = new Contact();
        organization.kind = ContactKind.ORGANIZATION;
        organization.name = name;
        return organization;
    }

    boolean isOrganization() {
        return kind == ContactKind.ORGANIZATION;
    }

    @Nullable
    String name() {
        return name;
    }

    @Nullable
    String email() {
        return email;
    }

    @Nullable
    String phone() {
        return phone;
    }

    List<Position> positions() {
        return positions;
    }

    @Nullable
    Long organization() {
        return organization;
    }

    @Nullable
    String jobTitle() {
        return jobTitle;
    }

    @Nullable
    String nameOfParts() {
        return DisplayName.of(givenName, middleName, familyName);
    }

    void rename(String newName) {
        name = DisplayName.cut(newName);
        nameKey = NameKey.of(name);
    }

    void works(@Nullable Long atOrganization, @Nullable String asTitle) {
        organization = atOrganization;
        jobTitle = asTitle;
    }

    /** More would not fit a page, nor a person's head. */
    void checkSizes(Invalid.Collector problems) {
        checkSize("emails", emails, MAX_ITEMS, problems);
        checkSize("phones", phones, MAX_ITEMS, problems);
        checkSize("addresses", addresses, MAX_ITEMS, problems);
        checkSize("websites", websites, MAX_ITEMS, problems);
        checkSize("profiles", profiles, MAX_ITEMS, problems);
        checkSize("positions", positions, MAX_ITEMS, problems);
        checkSize("relations", relations, MAX_ITEMS, problems);
        checkSize("tags", tags, MAX_TAGS, problems);
    }

    private static void checkSize(String field, List<?> list, int max, Invalid.Collector problems) {
        if (list.size() > max) {
            problems.add(field, "field.tooMany", Map.of("max", max, "count", list.size()));
        }
    }

    /** Brings everything but the name and the positions into the form in which it is kept. */
    void tidy(String defaultRegion, Invalid.Collector problems) {
        tidyEmails(problems);
        tidyAddresses();
        tidyPhones(defaultRegion);
        websites.forEach(WebSite::tidy);
        websites = without(websites, WebSite::isBlank);
        profiles = without(profiles, SocialProfile::isBlank);
        relations = without(relations, Relation::isBlank);
        positions = without(positions, Position::isBlank);
        tags = Tags.tidy(tags);
    }

    private void tidyEmails(Invalid.Collector problems) {
        for (int i = 0; i < emails.size(); i++) {
            EmailAddress one = emails.get(i);
            one.tidy();
            String address = one.address();
            if (address != null && !EmailSyntax.isValid(address)) {
                problems.add("emails[" + i + "].address", "contacts.email.invalid", Map.of("value", address));
            }
        }
        emails = without(emails, EmailAddress::isBlank);
        Channel.preferOne(emails);
        email = Channel.primary(emails).map(EmailAddress::address).orElse(null);
    }

    private void tidyAddresses() {
        addresses.forEach(PostalAddress::tidy);
        addresses = without(addresses, PostalAddress::isBlank);
        Channel.preferOne(addresses);
    }

    private void tidyPhones(String defaultRegion) {
        List<String> regions = PhoneRegions.of(addresses, timeZone, language, defaultRegion);
        phones.forEach(one -> one.tidy(regions));
        phones = without(phones, Phone::isBlank);
        Channel.preferOne(phones);
        phone = Channel.primary(phones).map(Phone::best).orElse(null);
    }

    /** Empty lines of a form and empty columns of a file are no data. */
    private static <T> List<T> without(List<T> items, Predicate<T> blank) {
        return new ArrayList<>(items.stream().filter(blank.negate()).toList());
    }

    /**
     * Decides between person and organisation where nobody has said it. A phone book's entry without any name of a person,
     * with nothing but the name of a company, is the company.
     */
    void settleKind() {
        boolean isOnlyAnOrganizationsName = name == null
                && nameOfParts() == null
                && nickname == null
                && positions.size() == 1
                && positions.get(0).isOnlyAName();
        if (kind != ContactKind.INDIVIDUAL && isOnlyAnOrganizationsName) {
            kind = ContactKind.ORGANIZATION;
            name = positions.get(0).organizationName();
            positions = new ArrayList<>();
        } else if (kind == null) {
            kind = ContactKind.INDIVIDUAL;
        }
    }
}
