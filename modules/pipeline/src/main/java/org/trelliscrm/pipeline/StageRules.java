// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.pipeline;

import java.util.Map;
import java.util.Objects;
import org.osgi.service.component.annotations.Component;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Changes;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.RecordHook;
import org.trelliscrm.api.record.RecordTransaction;

/** A new stage goes to the end of its pipeline, and one with deals in it stays where it is. */
@Component
public final class StageRules implements RecordHook<Stage> {

    @Override
    public Class<Stage> type() {
        return Stage.class;
    }

    @Override
    public void beforeSave(Stage stage, Changes changes, RecordTransaction transaction) {
        Long pipeline = stage.pipeline();
        if (pipeline == null) {
            return; // the engine refuses it
        }
        if (changes.has("pipeline")) {
            if (!changes.isNew()) {
                refuseWithDeals("pipeline.stageWithDealsMoved", stage, transaction);
            }
            if (transaction.find(Pipeline.class, pipeline).isEmpty()) {
                throw Invalid.field("pipeline", "pipeline.noSuchPipeline", Map.of());
            }
        }
        if (stage.sortOrder() == null) {
            stage.sortAs(Sequence.end(Sequence.stages(transaction, pipeline), Stage::sortOrder));
        }
    }

    @Override
    public void beforeTrash(Stage stage, RecordTransaction transaction) {
        refuseWithDeals("pipeline.stageWithDeals", stage, transaction);
    }

    private static void refuseWithDeals(String code, Stage stage, RecordTransaction transaction) {
        long deals = transaction.count(Deal.class, Filter.eq("stage", Objects.requireNonNull(stage.id())));
        if (deals > 0) {
            throw new Conflict(code, Map.of("count", deals));
        }
    }
}
