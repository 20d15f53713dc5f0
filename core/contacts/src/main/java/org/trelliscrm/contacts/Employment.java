// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Changes;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.RecordTransaction;

/**
 * Keeps together what a contact says of its work in two places: the list of positions, which is the whole truth, and the
 * organisation and job title of the present one, by which lists are sorted and filtered. Finds or makes the organisations
 * that are only named.
 */
final class Employment {

    private final Contact contact;
    private final RecordTransaction transaction;
    private final LocalDate today;

    Employment(Contact contact, RecordTransaction transaction) {
        this.contact = contact;
        this.transaction = transaction;
        today = LocalDate.ofInstant(transaction.now(), transaction.caller().zone());
    }

    /** Takes over what the caller wrote in short, and calls each organisation that is known as it is called today. */
    void settle(Changes changes) {
        if (saysPresentOnly(changes)) {
            adoptPresent();
        }
        for (Position position : contact.positions()) {
            Long id = position.organization();
            if (id != null) {
                transaction.find(Contact.class, id).ifPresent(found -> position.isAt(id, found.name()));
            }
        }
    }

    /** To be asked when the contact has its name. */
    void check(Invalid.Collector problems) {
        for (int i = 0; i < contact.positions().size(); i++) {
            Position position = contact.positions().get(i);
            String path = "positions[" + i + "].";
            if (position.endsBeforeItBegins()) {
                problems.add(path + "to", "contacts.endsBeforeItBegins");
            }
            if (position.organization() != null && position.organization().equals(contact.id())) {
                problems.add(path + "organization", "contacts.ownOrganization");
            } else if (contact.isOrganization() && isNamedOnly(position) && isCalled(position.organizationName())) {
                problems.add(path + "organizationName", "contacts.ownOrganization");
            }
        }
    }

    /** Finds or makes the organisations that are only named. May write, so the contact must be in order by now. */
    void link() {
        for (Position position : contact.positions()) {
            String name = position.organizationName();
            if (isNamedOnly(position) && name != null) {
                Contact organization = find(name).orElseGet(() -> create(name));
                position.isAt(organization.id(), organization.name());
            }
        }
        contact.works(
                present().map(Position::organization).orElse(null),
                present().map(Position::title).orElse(null));
    }

    private Optional<Position> present() {
        return contact.positions().stream()
                .filter(position -> position.isCurrent(today))
                .findFirst();
    }

    /** Whether the caller wrote organisation or job title and left the list alone. */
    private boolean saysPresentOnly(Changes changes) {
        return (changes.has("organization") || changes.has("jobTitle")) && !changes.has("positions");
    }

    private void adoptPresent() {
        Position position = present().orElseGet(() -> {
            Position added = new Position();
            contact.positions().add(0, added);
            return added;
        });
        if (!Objects.equals(position.organization(), contact.organization())) {
            position.isAt(contact.organization(), null);
        }
        position.entitle(contact.jobTitle());
        contact.positions().removeIf(Position::isBlank);
    }

    private static boolean isNamedOnly(Position position) {
        return position.organization() == null && position.organizationName() != null;
    }

    private boolean isCalled(@Nullable String name) {
        String own = contact.name();
        return own != null && name != null && NameKey.of(own).equals(NameKey.of(name));
    }

    private Optional<Contact> find(String name) {
        Filter filter = Filter.eq("kind", ContactKind.ORGANIZATION).and(Filter.eq("nameKey", NameKey.of(name)));
        return transaction.list(Contact.class, filter, 1).stream().findFirst();
    }

    private Contact create(String name) {
        Contact organization = Contact.organization(name);
        organization.assign(contact.owner(), contact.team());
        return transaction.create(organization);
    }
}
