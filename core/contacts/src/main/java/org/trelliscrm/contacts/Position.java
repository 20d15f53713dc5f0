// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.Field;

/** What a contact is or was at an organisation. */
class Position {

    @Field(references = "contact", indexed = true)
    private @Nullable Long organization;

    @Field(searchable = true)
    private @Nullable String organizationName;

    @Field(searchable = true)
    private @Nullable String title;

    @Field
    private @Nullable String department;

    @Field
    private @Nullable LocalDate from;

    @Field
    private @Nullable LocalDate to;

    Position() {}

    Position(@Nullable String organizationName, @Nullable String title) {
        this.organizationName = organizationName;
        this.title = title;
    }

    @Nullable
    Long organization() {
        return organization;
    }

    @Nullable
    String organizationName() {
        return organizationName;
    }

    @Nullable
    String title() {
        return title;
    }

    /** Says which contact the organisation is, and what it is called today. */
    void isAt(@Nullable Long newOrganization, @Nullable String itsName) {
        organization = newOrganization;
        organizationName = itsName;
    }

    void entitle(@Nullable String newTitle) {
        title = newTitle;
    }

    Position during(@Nullable LocalDate newFrom, @Nullable LocalDate newTo) {
        from = newFrom;
        to = newTo;
        return this;
    }

    boolean isBlank() {
        return organization == null && organizationName == null && title == null && department == null;
    }

    /** Whether it names an organisation and nothing that a person would be there. */
    boolean isOnlyAName() {
        return organization == null && organizationName != null && title == null && department == null;
    }

    boolean isCurrent(LocalDate today) {
        return (from == null || !from.isAfter(today)) && (to == null || !to.isBefore(today));
    }

    boolean endsBeforeItBegins() {
        return from != null && to != null && to.isBefore(from);
    }
}
