// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.record.Field;

/** One right that a {@link Role} gives: a verb on a record type, and how far it reaches. {@code *} is any type or verb. */
public class Grant {

    @Field(required = true, maxLength = 100)
    private @Nullable String type;

    @Field(required = true, maxLength = 100)
    private @Nullable String verb;

    @Field(required = true)
    private @Nullable Scope scope;

    /** For the engine. */
    public Grant() {}

    Grant(String type, String verb, Scope scope) {
        this.type = type;
        this.verb = verb;
        this.scope = scope;
    }

    String type() {
        return Objects.requireNonNull(type);
    }

    String verb() {
        return Objects.requireNonNull(verb);
    }

    Scope scope() {
        return Objects.requireNonNull(scope);
    }
}
