// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.formula;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;

/**
 * A part of a formula whose kind is known, ready to be computed. What is missing or cannot be computed is {@code null}, and
 * so is nearly everything made of it.
 */
record Expression(Kind kind, Evaluation evaluation) {

    /** What a part of a formula gives. */
    enum Kind {
        NUMBER(BigDecimal.class),
        TEXT(String.class),
        BOOLEAN(Boolean.class),
        DATE(LocalDate.class),
        DATETIME(Instant.class);

        private final Class<?> javaClass;

        Kind(Class<?> javaClass) {
            this.javaClass = javaClass;
        }

        Class<?> javaClass() {
            return javaClass;
        }

        /** The name in problems. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Computes a value. */
    @FunctionalInterface
    interface Evaluation {
        @Nullable
        Object of(BaseRecord record);
    }

    /** A value that is always the same. */
    static Expression constant(Kind kind, @Nullable Object value) {
        return new Expression(kind, record -> value);
    }

    @Nullable
    Object of(BaseRecord record) {
        return evaluation.of(record);
    }
}
