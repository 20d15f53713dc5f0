// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.RecordType;

/**
 * What somebody in a certain position may do. Users have any number of roles; {@link Powers} says what they add up to. The
 * catalogue has a text {@code access.role.<name>} for each of the {@link ReadyRoles}.
 */
@RecordType(name = "role", collection = "roles", titleField = "name", icon = "shield")
@Entity
@Table(name = "access_role")
public class Role extends BaseRecord {

    @Field(required = true, unique = true, searchable = true, maxLength = 100)
    private @Nullable String name;

    @Field(maxLength = 1000, format = Field.Format.MULTILINE)
    private @Nullable String description;

    @Field
    private List<Grant> grants = new ArrayList<>();

    @Field
    private List<FieldRule> fieldRules = new ArrayList<>();

    /** For the engine. */
    public Role() {}

    Role(String name, String description, List<Grant> grants, List<FieldRule> fieldRules) {
        this.name = name;
        this.description = description;
        this.grants = new ArrayList<>(grants);
        this.fieldRules = new ArrayList<>(fieldRules);
    }

    String name() {
        return Objects.requireNonNull(name);
    }

    List<Grant> grants() {
        return grants;
    }

    List<FieldRule> fieldRules() {
        return fieldRules;
    }

    Powers powers() {
        return Powers.of(grants, fieldRules);
    }
}
