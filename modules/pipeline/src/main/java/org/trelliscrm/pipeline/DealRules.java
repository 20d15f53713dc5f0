// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.pipeline;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Changes;
import org.trelliscrm.api.record.RecordHook;
import org.trelliscrm.api.record.RecordTransaction;

/** Keeps a deal in a stage that exists, sets what follows from the stage, and writes the history of its steps. */
@Component
public final class DealRules implements RecordHook<Deal> {

    @Override
    public Class<Deal> type() {
        return Deal.class;
    }

    @Override
    public void beforeSave(Deal deal, Changes changes, RecordTransaction transaction) {
        boolean moved = !changes.isNew() && changes.has("stage");
        if (moved && !deal.isOpen()) {
            throw new Conflict("pipeline.closedDealMoved", Map.of());
        }
        boolean reopened = !changes.isNew() && changes.has("state") && deal.isOpen();
        boolean restored = !changes.isNew() && changes.has("deletedAt");
        if (changes.isNew() || moved || reopened) {
            deal.enter(stageOf(deal, changes, transaction), transaction.now());
        } else if (restored) {
            stageOf(deal, changes, transaction);
        }
    }

    private static Stage stageOf(Deal deal, Changes changes, RecordTransaction transaction) {
        Long stage = deal.stage();
        if (stage != null) {
            return transaction
                    .find(Stage.class, stage)
                    // The stages of a pipeline in the trash stay as they are, to come back with it.
                    .filter(found -> isThere(found.pipeline(), transaction))
                    .orElseThrow(() -> Invalid.field("stage", "pipeline.noSuchStage", Map.of()));
        }
        if (!changes.isNew()) {
            throw Invalid.field("stage", "field.required", Map.of());
        }
        return Sequence.pipelines(transaction).stream()
                .flatMap(pipeline -> Sequence.stages(transaction, Objects.requireNonNull(pipeline.id())).stream())
                .findFirst()
                .orElseThrow(() -> Invalid.field("stage", "pipeline.noStages", Map.of()));
    }

    private static boolean isThere(@Nullable Long pipeline, RecordTransaction transaction) {
        return pipeline != null && transaction.find(Pipeline.class, pipeline).isPresent();
    }

    @Override
    public void afterSave(Deal deal, Changes changes, RecordTransaction transaction) {
        if (changes.isNew() || changes.has("stage") || changes.has("state")) {
            transaction.create(new StageChange(deal, changes, transaction.now()));
        }
    }
}
