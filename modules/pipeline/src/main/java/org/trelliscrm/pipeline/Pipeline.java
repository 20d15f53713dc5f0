// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.pipeline;

import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.RecordType;

/** A way of selling: the row of {@link Stage}s that its deals pass through. */
@RecordType(name = "pipeline", collection = "pipelines", titleField = "name", icon = "square-kanban")
@Entity
@Table(name = "pipeline_pipeline")
public class Pipeline extends BaseRecord {

    /** The {@link #origin} of the pipeline that a fresh installation begins with. */
    static final String FIRST = "first";

    @Field(required = true, searchable = true)
    private @Nullable String name;

    /** The place among the pipelines; the first is where deals begin that name no stage. */
    @Field(min = 0)
    private @Nullable Integer sortOrder;

    /** The currency that its deals begin with, ISO 4217. */
    @Field(maxLength = 3)
    private @Nullable String currency;

    /** Unique where set, so that of two nodes that start for the first time only one makes the first pipeline. */
    @Field(internal = true, unique = true, maxLength = 20)
    private @Nullable String origin;

    /** For the engine. */
    public Pipeline() {}

    /** The pipeline that a fresh installation begins with. */
    static Pipeline first(String name) {
        Pipeline pipeline = new Pipeline();
        pipeline.name = name;
        pipeline.sortOrder = 1;
        pipeline.origin = FIRST;
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
    String currency() {
        return currency;
    }
}
