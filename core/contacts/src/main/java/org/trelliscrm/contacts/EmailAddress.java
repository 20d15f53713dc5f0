// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.Field.Format;

/** One of a contact's e-mail addresses. */
class EmailAddress implements Channel {

    @Field(format = Format.EMAIL, indexed = true, searchable = true)
    private @Nullable String address;

    @Field
    private @Nullable String label;

    @Field
    private @Nullable Boolean preferred;

    @Field
    private @Nullable ChannelState state;

    EmailAddress() {}

    EmailAddress(String address) {
        this.address = address;
    }

    @Nullable
    String address() {
        return address;
    }

    @Nullable
    String label() {
        return label;
    }

    boolean isBlank() {
        return address == null;
    }

    /** Lower case throughout: no mail server of today tells {@code Anna@} from {@code anna@}, and people do not either. */
    void tidy() {
        if (address != null) {
            address = address.strip().toLowerCase(Locale.ROOT);
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

    EmailAddress in(ChannelState newState) {
        state = newState;
        return this;
    }
}
