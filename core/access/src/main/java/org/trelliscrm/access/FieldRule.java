// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.FieldAccess;
import org.trelliscrm.api.record.Field;

/** What a {@link Role} may do with one field of the records that it reaches; fields without a rule are seen and written. */
public class FieldRule {

    @Field(required = true, maxLength = 100)
    private @Nullable String type;

    @Field(required = true, maxLength = 100)
    private @Nullable String field;

    @Field(required = true)
    private @Nullable FieldAccess access;

    /** For the engine. */
    public FieldRule() {}

    FieldRule(String type, String field, FieldAccess access) {
        this.type = type;
        this.field = field;
        this.access = access;
    }

    String type() {
        return Objects.requireNonNull(type);
    }

    String field() {
        return Objects.requireNonNull(field);
    }

    FieldAccess access() {
        return Objects.requireNonNull(access);
    }
}
