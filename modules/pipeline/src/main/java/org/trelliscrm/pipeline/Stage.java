// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.pipeline;

import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.RecordType;

/** One step of a {@link Pipeline}, where open deals stand. Won and lost are states of a deal, not stages. */
@RecordType(name = "stage", collection = "stages", titleField = "name", icon = "milestone")
@Entity
@Table(name = "pipeline_stage")
public class Stage extends BaseRecord {

    @Field(references = "pipeline", required = true)
    private @Nullable Long pipeline;

    @Field(required = true, searchable = true)
    private @Nullable String name;

    /** The place in its pipeline; the first is where deals begin. */
    @Field(min = 0)
    private @Nullable Integer sortOrder;

    /** How many of a hundred deals that come this far are won. */
    @Field(min = 0, max = 100)
    private @Nullable Integer probability;

    /** After how many days without progress a deal here counts as rotting; empty for never. */
    @Field(min = 0)
    private @Nullable Integer rotDays;

    @Field(format = Field.Format.COLOR, maxLength = 7)
    private @Nullable String color;

    /** For the engine. */
    public Stage() {}

    Stage(long pipeline, String name, int sortOrder, int probability) {
        this.pipeline = pipeline;
        this.name = name;
        this.sortOrder = sortOrder;
        this.probability = probability;
    }

    @Nullable
    Long pipeline() {
        return pipeline;
    }

    @Nullable
    String name() {
        return name;
    }

    @Nullable
    Integer sortOrder() {
        return sortOrder;
    }

    void sortAs(int place) {
        sortOrder = place;
    }

    @Nullable
    Integer probability() {
        return probability;
    }
}
