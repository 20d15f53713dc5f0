// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;

/** The JDBC class in which the database keeps a field, which EclipseLink wants to know for null values. */
final class DatabaseTypes {

    private DatabaseTypes() {}

    static Class<?> of(FieldInfo field) {
        return switch (field.type().name()) {
            case "boolean" -> Boolean.class;
            case "integer" ->
                ((ValueType<?>) field.type()) instanceof ScalarTypes.IntegerType<?> integer
                        ? integer.javaClass()
                        : Long.class;
            case "reference" -> Long.class;
            case "decimal", "money" -> BigDecimal.class;
            case "datetime" -> Timestamp.class;
            case "date" -> Date.class;
            case "time" -> Time.class;
            default -> String.class;
        };
    }
}
