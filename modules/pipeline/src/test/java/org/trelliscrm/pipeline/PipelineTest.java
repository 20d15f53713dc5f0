// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.testkit.FakeClock;
import org.trelliscrm.testkit.FakeTransaction;

/** Pipelines and stages: their order, and when they may go. */
class PipelineTest {

    private final FakeTransaction transaction = new FakeTransaction(
            new FakeClock("2026-03-02T09:00:00Z"), new PipelineRules(), new StageRules(), new DealRules());

    @Test
    void aNewStageGoesToTheEndOfItsPipeline() {
        Pipeline sales = transaction.create(Pipeline.first("Sales"));
        Pipeline other = transaction.create(new Pipeline());
        transaction.create(new Stage(sales.id(), "New", 7, 10));
        transaction.create(new Stage(other.id(), "Elsewhere", 20, 10));

        Stage last = stageOf(sales);

        assertThat(last.sortOrder()).isEqualTo(8);
    }

    @Test
    void theFirstStageIsTheFirst() {
        Pipeline sales = transaction.create(new Pipeline());

        assertThat(stageOf(sales).sortOrder()).isEqualTo(1);
    }

    @Test
    void aNewPipelineGoesToTheEnd() {
        transaction.create(Pipeline.first("Sales"));

        Pipeline next = transaction.create(new Pipeline());

        assertThat(next.sortOrder()).isEqualTo(2);
    }

    @Test
    void aStageWithDealsCannotBeTrashed() {
        Pipeline sales = transaction.create(Pipeline.first("Sales"));
        Stage stage = stageOf(sales);
        transaction.create(new Deal());
        transaction.act(new WinDeal(), transaction.create(new Deal()), Map.of());

        assertThatThrownBy(() -> transaction.trash(stage))
                .asInstanceOf(type(Conflict.class))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("pipeline.stageWithDeals");
                    assertThat(problem.arguments()).containsEntry("count", 2L);
                });
    }

    @Test
    void aStageWhoseDealsAreInTheTrashCanGo() {
        Stage stage = stageOf(transaction.create(Pipeline.first("Sales")));
        transaction.trash(transaction.create(new Deal()));

        transaction.trash(stage);

        assertThat(transaction.all(Stage.class)).isEmpty();
    }

    @Test
    void aPipelineWithDealsCannotBeTrashed() {
        Pipeline sales = transaction.create(Pipeline.first("Sales"));
        stageOf(sales);
        transaction.create(new Deal());

        assertThatThrownBy(() -> transaction.trash(sales))
                .asInstanceOf(type(Conflict.class))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("pipeline.pipelineWithDeals");
                    assertThat(problem.arguments()).containsEntry("count", 1L);
                });
    }

    @Test
    void aPipelineGoesAndComesBackWithItsStages() {
        Pipeline sales = transaction.create(Pipeline.first("Sales"));
        stageOf(sales);

        transaction.trash(sales);

        assertThat(transaction.all(Stage.class)).hasSize(1);
    }

    @Test
    void onlyAnEmptyStageChangesItsPipeline() {
        Pipeline sales = transaction.create(Pipeline.first("Sales"));
        Pipeline other = transaction.create(new Pipeline());
        Stage stage = stageOf(sales);
        Stage empty = stageOf(sales);
        transaction.create(new Deal());

        transaction.patch(empty, "pipeline", other.id());

        assertThat(empty.pipeline()).isEqualTo(other.id());
        assertThatThrownBy(() -> transaction.patch(stage, "pipeline", other.id()))
                .isInstanceOf(Conflict.class)
                .hasMessage("pipeline.stageWithDealsMoved {count=1}");
    }

    @Test
    void aStageNeedsAPipelineThatExists() {
        Pipeline sales = transaction.create(Pipeline.first("Sales"));
        transaction.trash(sales);

        assertThatThrownBy(() -> stageOf(sales))
                .asInstanceOf(type(Invalid.class))
                .extracting(problem -> problem.fields().get(0).code())
                .isEqualTo("pipeline.noSuchPipeline");
    }

    @Test
    void aStageWithoutPipelineIsLeftToTheEngine() {
        Stage stage = transaction.create(new Stage());

        assertThat(stage.sortOrder()).isNull();
    }

    @Test
    void aCurrencyIsOneThatExists() {
        Pipeline sales = transaction.create(Pipeline.first("Sales"));

        transaction.patch(sales, "currency", "TWD");

        assertThatThrownBy(() -> transaction.patch(sales, "currency", "XYZ"))
                .asInstanceOf(type(Invalid.class))
                .extracting(problem -> problem.fields().get(0).code())
                .isEqualTo("field.notCurrency");
    }

    private Stage stageOf(Pipeline pipeline) {
        return transaction.create(Stage.class, Map.of("pipeline", pipeline.id(), "name", "Any"));
    }
}
