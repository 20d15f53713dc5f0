// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Changes;
import org.trelliscrm.api.record.RecordHook;
import org.trelliscrm.api.record.RecordTransaction;

/** Keeps contacts in order whenever one is saved: forms that can be compared, one preferred entry a list, a name. */
@Component(configurationPid = "org.trelliscrm.contacts")
public final class ContactRules implements RecordHook<Contact> {

    private final String defaultRegion;

    /** The settings in {@code etc/org.trelliscrm.contacts.cfg}. */
    public @interface Settings {

        /** The country (ISO 3166) of phone numbers that do not say it and whose contact does not tell; blank for none. */
        String defaultRegion() default "";
    }

    @Activate
    public ContactRules(Settings settings) {
        this(settings.defaultRegion());
    }

    ContactRules(String defaultRegion) {
        this.defaultRegion = defaultRegion;
    }

    @Override
    public Class<Contact> type() {
        return Contact.class;
    }

    @Override
    public void beforeSave(Contact contact, Changes changes, RecordTransaction transaction) {
        Invalid.Collector problems = new Invalid.Collector();
        contact.checkSizes(problems);
        problems.throwIfAny();

        contact.tidy(defaultRegion, problems);
        contact.settleKind();
        Employment employment = new Employment(contact, transaction);
        employment.settle(changes);
        settleName(contact, changes, problems);
        employment.check(problems);
        problems.throwIfAny();
        employment.link();
    }

    private static void settleName(Contact contact, Changes changes, Invalid.Collector problems) {
        String name = followsParts(contact, changes) ? null : contact.name();
        if (name == null || name.isBlank()) {
            name = Stream.of(contact.nameOfParts(), organizationName(contact), contact.email(), contact.phone())
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        if (name == null) {
            problems.add("name", "field.required");
        } else {
            contact.rename(name);
        }
    }

    /** Whether the name was made of the parts of the name, of which one has changed now. */
    private static boolean followsParts(Contact contact, Changes changes) {
        if (changes.isNew() || changes.has("name") || contact.nameOfParts() == null) {
            return false;
        }
        String before = DisplayName.of(
                before(changes, "givenName"), before(changes, "middleName"), before(changes, "familyName"));
        return before != null && before.equals(contact.name());
    }

    private static @Nullable String before(Changes changes, String field) {
        return (String) changes.before(field);
    }

    private static @Nullable String organizationName(Contact contact) {
        return contact.positions().stream()
                .map(Position::organizationName)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
