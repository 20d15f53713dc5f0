// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.Field;

/** What another contact is to this one: spouse, assistant, parent company. */
class Relation {

    @Field(references = "contact", indexed = true)
    private @Nullable Long contact;

    @Field
    private @Nullable String kind;

    boolean isBlank() {
        return contact == null;
    }
}
