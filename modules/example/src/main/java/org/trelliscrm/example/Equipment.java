// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.example;

import java.time.LocalDate;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.RecordType;

/** One thing that a customer has from us. */
@RecordType(name = "equipment", collection = "equipment", titleField = "model", timeline = "installedOn", icon = "box")
@Entity
@Table(name = "example_equipment")
public class Equipment extends BaseRecord {

    @Field(references = "contact", required = true)
    private @Nullable Long contact;

    @Field(required = true, searchable = true)
    private @Nullable String model;

    @Field(searchable = true, maxLength = 100)
    private @Nullable String serialNumber;

    @Field
    private @Nullable LocalDate installedOn;

    @Field
    private @Nullable LocalDate warrantyUntil;

    @Field(format = Field.Format.MULTILINE, maxLength = 4000)
    private @Nullable String notes;
}
