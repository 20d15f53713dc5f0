// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.Field.Format;

/** One of a contact's postal addresses, in the parts of vCard's {@code ADR}. */
class PostalAddress implements Channel {

    @Field
    private @Nullable String label;

    @Field(format = Format.MULTILINE, maxLength = 500)
    private @Nullable String street;

    @Field(format = Format.MULTILINE, maxLength = 500)
    private @Nullable String extended;

    @Field
    private @Nullable String poBox;

    @Field(indexed = true, searchable = true)
    private @Nullable String city;

    @Field
    private @Nullable String region;

    @Field
    private @Nullable String postalCode;

    @Field
    private @Nullable String country;

    @Field
    private @Nullable Boolean preferred;

    PostalAddress() {}

    /** An address of which only the country is known. */
    PostalAddress(String country) {
        this.country = country;
    }

    @Nullable
    String country() {
        return country;
    }

    boolean isBlank() {
        return Stream.of(street, extended, poBox, city, region, postalCode, country)
                .allMatch(Objects::isNull);
    }

    /** Replaces the country by its ISO 3166 code when it is known under what was typed. */
    void tidy() {
        if (country != null) {
            country = Countries.code(country).orElse(country);
        }
        preferred = isPreferred() || Labels.isStarred(label);
        label = Labels.tidy(label);
    }

    @Override
    public boolean isPreferred() {
        return Boolean.TRUE.equals(preferred);
    }

    @Override
    public void prefer(boolean isPreferred) {
        preferred = isPreferred;
    }

    @Override
    public boolean isUsable() {
        return true;
    }
}
