// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.activities;

import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.Field;

/** One step of an activity. */
class ChecklistItem {

    @Field(maxLength = 500)
    private @Nullable String text;

    @Field
    private @Nullable Boolean done;

    ChecklistItem() {}

    ChecklistItem(@Nullable String text) {
        this.text = text;
    }

    @Nullable
    String text() {
        return text;
    }

    boolean isBlank() {
        return text == null;
    }

    boolean isDone() {
        return Boolean.TRUE.equals(done);
    }

    /** A step about which nothing is said is still to be done. */
    void settle() {
        done = isDone();
    }
}
