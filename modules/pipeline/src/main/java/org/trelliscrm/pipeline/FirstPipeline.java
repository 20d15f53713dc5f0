// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.pipeline;

import java.util.List;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.module.ActiveModule;
import org.trelliscrm.api.problem.Problem;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.ListQuery;
import org.trelliscrm.api.record.RecordTransaction;
import org.trelliscrm.api.record.Records;

/**
 * Gives a fresh installation a pipeline to start with. Whoever has, or had, one of their own keeps what they made of it:
 * nothing happens unless both tables are empty, the trash included.
 */
@Component(service = FirstPipeline.class, immediate = true)
public final class FirstPipeline {

    private static final Caller SYSTEM = Caller.system(1);

    private final Records records;

    /** @param self says that the tables are there */
    @Activate
    public FirstPipeline(@Reference Records records, @Reference(target = "(id=pipeline)") ActiveModule self) {
        this.records = records;
        if (isFresh()) {
            try {
                records.inTransaction(SYSTEM, Pipeline.class, FirstPipeline::create);
            } catch (Problem refused) {
                // Another node was quicker, and the origin of a pipeline is unique.
                if (isFresh()) {
                    throw refused;
                }
            }
        }
    }

    private boolean isFresh() {
        return isEmpty("pipeline", false)
                && isEmpty("pipeline", true)
                && isEmpty("stage", false)
                && isEmpty("stage", true);
    }

    private boolean isEmpty(String type, boolean trash) {
        ListQuery one = new ListQuery(type, Filter.ALL, List.of(), 1, null, List.of(), List.of(), trash, false);
        return records.list(SYSTEM, one).items().isEmpty();
    }

    private static Pipeline create(RecordTransaction transaction) {
        Pipeline pipeline = transaction.create(Pipeline.first("Sales"));
        long id = Objects.requireNonNull(pipeline.id());
        transaction.create(new Stage(id, "New", 1, 10));
        transaction.create(new Stage(id, "Qualified", 2, 25));
        transaction.create(new Stage(id, "Proposal", 3, 50));
        transaction.create(new Stage(id, "Negotiation", 4, 75));
        return pipeline;
    }
}
