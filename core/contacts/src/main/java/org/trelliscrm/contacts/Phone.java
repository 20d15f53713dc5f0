// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.Field.Format;

/** One of a contact's phone numbers: as somebody typed it, and in the one form in which numbers can be compared. */
class Phone implements Channel {

    @Field(format = Format.PHONE, maxLength = 100, searchable = true)
    private @Nullable String number;

    @Field(readOnly = true, indexed = true, maxLength = 20)
    private @Nullable String e164;

    @Field
    private @Nullable String label;

    @Field
    private @Nullable Boolean preferred;

    @Field
    private @Nullable ChannelState state;

    Phone() {}

    Phone(String number) {
        this.number = number;
    }

    @Nullable
    String e164() {
        return e164;
    }

    @Nullable
    String number() {
        return number;
    }

    @Nullable
    String label() {
        return label;
    }

    /** The best form there is. */
    @Nullable
    String best() {
        return e164 != null ? e164 : number;
    }

    boolean isBlank() {
        return number == null;
    }

    /** @param regions where a number without country code may be from, most likely first */
    void tidy(List<String> regions) {
        if (number != null) {
            number = PhoneNumbers.visible(number);
            e164 = PhoneNumbers.e164(number, regions).orElse(null);
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
        return state != ChannelState.INVALID;
    }

    Phone in(ChannelState newState) {
        state = newState;
        return this;
    }
}
