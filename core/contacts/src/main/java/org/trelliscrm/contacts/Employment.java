// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.time.LocalDate;
import java.util.List;
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

    void settle(Changes changes, Invalid.Collector problems) {
        if (saysPresentOnly(changes) && isItself(contact.organization())) {
            problems.add("organization", "contacts.ownOrganization");
            return;
        } else if (saysPresentOnly(changes)) {
            adoptPresent();
        }
        List<Position> positions = contact.positions();
        for (int i = 0; i < positions.size(); i++) {
            settle(positions.get(i), "positions[" + i + "].", problems);
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

    private boolean isItself(@Nullable Long organization) {
        return organization != null && organization.equals(contact.id());
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

    private void settle(Position position, String path, Invalid.Collector problems) {
        if (position.endsBeforeItBegins()) {
            problems.add(path + "to", "contacts.endsBeforeItBegins");
        }
        Long id = position.organization();
        String name = position.organizationName();
        if (isItself(id)) {
            problems.add(path + "organization", "contacts.ownOrganization");
        } else if (id != null) {
            transaction.find(Contact.class, id).ifPresent(found -> position.isAt(id, found.name()));
        } else if (name != null && contact.isOrganization() && isCalled(name)) {
            problems.add(path + "organizationName", "contacts.ownOrganization");
        } else if (name != null && problems.isEmpty()) {
            Contact organization = find(name).orElseGet(() -> create(name));
            position.isAt(organization.id(), organization.name());
        }
    }

    private boolean isCalled(String name) {
        String own = contact.name();
        return own != null && NameKey.of(own).equals(NameKey.of(name));
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
