// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.RecordType;

/** People who work together. Whoever belongs to a team reaches the records of the teams below it as well. */
@RecordType(name = "team", collection = "teams", titleField = "name", icon = "users")
@Entity
@Table(name = "access_team")
public class Team extends BaseRecord {

    @Field(required = true, searchable = true)
    private @Nullable String name;

    /** The team above; none for the topmost. */
    @Field(references = "team")
    private @Nullable Long parent;

    /** For the engine. */
    public Team() {}

    Team(String name, @Nullable Long parent) {
        this.name = name;
        this.parent = parent;
    }

    @Nullable
    Long parent() {
        return parent;
    }
}
