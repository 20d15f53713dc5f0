// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.Field.Format;

/** One of a contact's web sites. */
class WebSite {

    @Field(format = Format.URL, maxLength = 2000)
    private @Nullable String url;

    @Field
    private @Nullable String label;

    boolean isBlank() {
        return url == null;
    }

    void tidy() {
        label = Labels.tidy(label);
    }
}
