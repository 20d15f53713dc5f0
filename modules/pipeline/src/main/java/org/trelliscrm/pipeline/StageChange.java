// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.pipeline;

import java.time.Duration;
import java.time.Instant;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Changes;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.RecordType;

/**
 * One step in the history of a deal: made, moved, won, lost or reopened. Written by {@link DealRules} with the step
 * itself; how long deals stay in a stage and where they are lost is read from here.
 */
@RecordType(
        name = "stage_change",
        collection = "stage-changes",
        titleField = "changedAt",
        icon = "history",
        generated = true)
@Entity
@Table(name = "pipeline_stage_change")
public class StageChange extends BaseRecord {

    @Field(references = "deal", required = true)
    private @Nullable Long deal;

    /** Empty for the step that made the deal. */
    @Field(references = "stage")
    private @Nullable Long fromStage;

    @Field(references = "stage", required = true)
    private @Nullable Long toStage;

    /** Empty for the step that made the deal. */
    @Field
    private @Nullable DealState fromState;

    @Field(required = true)
    private @Nullable DealState toState;

    @Field(required = true)
    private @Nullable Instant changedAt;

    /** How long the deal had been in {@link #fromStage} and {@link #fromState}; empty for the step that made it. */
    @Field(min = 0)
    private @Nullable Long secondsInStage;

    /** For the engine. */
    public StageChange() {}

    /** The step that a deal has just made. */
    StageChange(Deal deal, Changes changes, Instant now) {
        this.deal = deal.id();
        // Who may see the deal may see its history, whoever moved it.
        assign(deal.owner(), deal.team());
        toStage = deal.stage();
        toState = deal.state();
        changedAt = now;
        if (!changes.isNew()) {
            fromStage = (Long) changes.before("stage");
            fromState = (DealState) changes.before("state");
            secondsInStage = secondsSince((Instant) changes.before(sinceField()), now);
        }
    }

    private String sinceField() {
        return fromState == DealState.OPEN ? "stageSince" : "closedAt";
    }

    // The clocks of two nodes may differ a little; no time is shorter than none.
    private static @Nullable Long secondsSince(@Nullable Instant since, Instant now) {
        return since == null ? null : Math.max(0, Duration.between(since, now).toSeconds());
    }

    @Nullable
    Long fromStage() {
        return fromStage;
    }

    @Nullable
    Long toStage() {
        return toStage;
    }

    @Nullable
    DealState fromState() {
        return fromState;
    }

    @Nullable
    DealState toState() {
        return toState;
    }

    @Nullable
    Instant changedAt() {
        return changedAt;
    }

    @Nullable
    Long secondsInStage() {
        return secondsInStage;
    }
}
