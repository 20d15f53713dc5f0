// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trelliscrm.api.module.ActiveModule;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.record.Changes;
import org.trelliscrm.api.record.RecordHook;
import org.trelliscrm.api.record.RecordTransaction;
import org.trelliscrm.testkit.FakeClock;
import org.trelliscrm.testkit.FakeRecords;
import org.trelliscrm.testkit.FakeTransaction;

class FirstPipelineTest {

    private final FakeClock clock = new FakeClock("2026-03-02T09:00:00Z");
    private final FakeTransaction transaction = new FakeTransaction(clock, new PipelineRules(), new StageRules());

    @Test
    void aFreshInstallationGetsAPipeline() {
        start(transaction);

        List<Pipeline> pipelines = Sequence.pipelines(transaction);
        assertThat(pipelines).extracting(Pipeline::name).containsExactly("Sales");
        assertThat(Sequence.stages(transaction, pipelines.get(0).id()))
                .extracting(stage -> stage.name() + " " + stage.probability())
                .containsExactly("New 10", "Qualified 25", "Proposal 50", "Negotiation 75");
    }

    @Test
    void aSecondStartChangesNothing() {
        start(transaction);

        start(transaction);

        assertThat(transaction.all(Pipeline.class)).hasSize(1);
        assertThat(transaction.all(Stage.class)).hasSize(4);
    }

    @Test
    void whoThrewItAwayDoesNotGetItBack() {
        start(transaction);
        transaction.all(Stage.class).forEach(transaction::trash);
        transaction.all(Pipeline.class).forEach(transaction::trash);

        start(transaction);

        assertThat(transaction.all(Pipeline.class)).isEmpty();
    }

    @Test
    void theSlowerOfTwoNodesIsContent() {
        FakeTransaction raced = new FakeTransaction(clock, new OtherNodeIsQuicker());

        start(raced);

        assertThat(raced.all(Pipeline.class)).extracting(Pipeline::name).containsExactly("Sales");
    }

    @Test
    void anyOtherRefusalIsTold() {
        FakeTransaction refusing = new FakeTransaction(clock, new RecordHook<Pipeline>() {
            @Override
            public Class<Pipeline> type() {
                return Pipeline.class;
            }

            @Override
            public void beforeSave(Pipeline pipeline, Changes changes, RecordTransaction refused) {
                throw new Conflict("test.refused", Map.of());
            }
        });

        assertThatThrownBy(() -> start(refusing)).hasMessage("test.refused");
    }

    private static void start(FakeTransaction transaction) {
        new FirstPipeline(new FakeRecords(transaction), new ActiveModule() {
            @Override
            public String id() {
                return "pipeline";
            }

            @Override
            public String version() {
                return "0.1.0";
            }
        });
    }

    /** Lets another node's pipeline appear, and then refuses ours as the unique constraint does. */
    private static final class OtherNodeIsQuicker implements RecordHook<Pipeline> {

        private boolean done;

        @Override
        public Class<Pipeline> type() {
            return Pipeline.class;
        }

        @Override
        public void beforeSave(Pipeline pipeline, Changes changes, RecordTransaction transaction) {
            if (!done) {
                done = true;
                transaction.create(Pipeline.first("Sales"));
                throw new Conflict("record.notUnique", Map.of());
            }
        }
    }
}
