// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.pipeline;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.Money;
import org.trelliscrm.api.record.RecordType;

/**
 * A sale being negotiated. It stands in one {@link Stage} and keeps it when it is won or lost, so that it can be
 * reopened where it was; {@link DealRules} keeps what follows from the stage.
 */
@RecordType(name = "deal", collection = "deals", titleField = "name", icon = "handshake", timeline = "createdAt")
@Entity
@Table(name = "pipeline_deal")
public class Deal extends BaseRecord {

    /** The longest {@link #lostReason}. */
    static final int MAX_REASON = 1000;

    @Field(required = true, searchable = true)
    private @Nullable String name;

    @Field(references = "contact")
    private @Nullable Long contact;

    @Field(references = "contact")
    private @Nullable Long organization;

    @Field
    private @Nullable Money value;

    /** Follows {@link #stage}. */
    @Field(references = "pipeline", readOnly = true)
    private @Nullable Long pipeline;

    /** The first stage of the first pipeline unless told. */
    @Field(references = "stage")
    private @Nullable Long stage;

    @Field(readOnly = true)
    private DealState state = DealState.OPEN;

    @Field(readOnly = true, maxLength = MAX_REASON, format = Field.Format.MULTILINE)
    private @Nullable String lostReason;

    @Field(readOnly = true)
    private @Nullable Instant closedAt;

    @Field
    private @Nullable LocalDate expectedCloseOn;

    /** What its stage said when the deal came there; 100 when won, 0 when lost. */
    @Field(readOnly = true)
    private @Nullable Integer probability;

    /** Since when it stands open in its stage. */
    @Field(readOnly = true)
    private @Nullable Instant stageSince;

    @Field
    private @Nullable String source;

    @Field(indexed = true, maxLength = 100)
    private List<String> tags = new ArrayList<>();

    /** What shall be done next to bring it forward. */
    @Field(maxLength = 1000)
    private @Nullable String nextStep;

    /** Puts an open deal into a stage. */
    void enter(Stage entered, Instant now) {
        stage = entered.id();
        pipeline = entered.pipeline();
        probability = entered.probability();
        stageSince = now;
    }

    /** The customer said yes. */
    void win(Instant now) {
        close(DealState.WON, 100, now);
    }

    /** The customer said no, or nothing any more. */
    void lose(String reason, Instant now) {
        close(DealState.LOST, 0, now);
        lostReason = reason;
    }

    private void close(DealState outcome, int certainty, Instant now) {
        if (state == DealState.WON) {
            throw new Conflict("pipeline.alreadyWon", Map.of());
        }
        if (state == DealState.LOST) {
            throw new Conflict("pipeline.alreadyLost", Map.of());
        }
        state = outcome;
        probability = certainty;
        closedAt = now;
    }

    /** The talks go on, in the stage where they ended. */
    void reopen() {
        if (isOpen()) {
            throw new Conflict("pipeline.alreadyOpen", Map.of());
        }
        state = DealState.OPEN;
        lostReason = null;
        closedAt = null;
    }

    boolean isOpen() {
        return state == DealState.OPEN;
    }

    @Nullable
    Long pipeline() {
        return pipeline;
    }

    @Nullable
    Long stage() {
        return stage;
    }

    DealState state() {
        return state;
    }

    @Nullable
    String lostReason() {
        return lostReason;
    }

    @Nullable
    Instant closedAt() {
        return closedAt;
    }

    @Nullable
    Integer probability() {
        return probability;
    }

    @Nullable
    Instant stageSince() {
        return stageSince;
    }
}
