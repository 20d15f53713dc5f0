// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.filter;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.data.TypeInfo;

/** How far the filter of somebody reaches: which types, fields and rows there are for them, and when and where they are. */
public interface Reach {

    int tenant();

    ZoneId zone();

    Instant now();

    /** The type of this name, if it serves, whoever asks. */
    Optional<TypeInfo> type(String name);

    /** Whether they may read records of this type at all. */
    boolean reads(TypeInfo type);

    /** Whether they may know of this field; one that they may not does not exist. */
    boolean sees(TypeInfo type, FieldInfo field);

    /** Appends the condition, without a leading {@code and}, for the rows of a table that there are for them. */
    void rows(Sql sql, TypeInfo type, String alias);
}
