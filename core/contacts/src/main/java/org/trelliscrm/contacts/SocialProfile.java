// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.Field.Format;

/** Who the contact is in a social network or a messenger. */
class SocialProfile {

    @Field
    private @Nullable String service;

    @Field(searchable = true)
    private @Nullable String handle;

    @Field(format = Format.URL, maxLength = 2000)
    private @Nullable String url;

    boolean isBlank() {
        return handle == null && url == null;
    }
}
