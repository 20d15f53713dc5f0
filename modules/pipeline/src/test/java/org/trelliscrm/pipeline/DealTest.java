// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.testkit.FakeClock;
import org.trelliscrm.testkit.FakeTransaction;

class DealTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private final FakeClock clock = new FakeClock(START.toString());
    private final FakeTransaction transaction =
            new FakeTransaction(clock, new PipelineRules(), new StageRules(), new DealRules());

    private Pipeline sales;
    private Stage first;
    private Stage second;

    @BeforeEach
    void salesHasTwoStages() {
        sales = transaction.create(Pipeline.first("Sales"));
        // The second is made first: the order is what people say, not how old the stages are.
        second = transaction.create(new Stage(sales.id(), "Proposal", 2, 50));
        first = transaction.create(new Stage(sales.id(), "New", 1, 10));
    }

    @Test
    void aNewDealBeginsInTheFirstStageOfTheFirstPipeline() {
        Pipeline later = transaction.create(new Pipeline());
        transaction.create(new Stage(later.id(), "Elsewhere", 1, 5));

        Deal deal = transaction.create(new Deal());

        assertThat(deal.stage()).isEqualTo(first.id());
        assertThat(deal.pipeline()).isEqualTo(sales.id());
        assertThat(deal.probability()).isEqualTo(10);
        assertThat(deal.stageSince()).isEqualTo(START);
        assertThat(deal.state()).isEqualTo(DealState.OPEN);
    }

    @Test
    void aPipelineWithoutStagesIsPassedOver() {
        transaction.trash(first);
        transaction.trash(second);
        Pipeline later = transaction.create(new Pipeline());
        Stage elsewhere = transaction.create(new Stage(later.id(), "Elsewhere", 1, 5));

        Deal deal = transaction.create(new Deal());

        assertThat(deal.stage()).isEqualTo(elsewhere.id());
    }

    @Test
    void withoutAnyStageThereIsNoDeal() {
        transaction.trash(first);
        transaction.trash(second);

        assertThatThrownBy(() -> transaction.create(new Deal()))
                .asInstanceOf(type(Invalid.class))
                .satisfies(problem -> assertThat(codes(problem)).containsExactly("stage: pipeline.noStages"));
    }

    @Test
    void aDealCanBeginInAStageOfItsOwnChoice() {
        Deal deal = dealIn(second);

        assertThat(deal.stage()).isEqualTo(second.id());
        assertThat(deal.probability()).isEqualTo(50);
    }

    @Test
    void aMovedDealFollowsItsStage() {
        Deal deal = transaction.create(new Deal());
        clock.advance(Duration.ofHours(3));

        transaction.patch(deal, "stage", second.id());

        assertThat(deal.probability()).isEqualTo(50);
        assertThat(deal.stageSince()).isEqualTo(START.plus(Duration.ofHours(3)));
    }

    @Test
    void aDealMovesToAnotherPipelineWithItsStage() {
        Pipeline other = transaction.create(new Pipeline());
        Stage elsewhere = transaction.create(new Stage(other.id(), "Elsewhere", 1, 5));
        Deal deal = transaction.create(new Deal());

        transaction.patch(deal, "stage", elsewhere.id());

        assertThat(deal.pipeline()).isEqualTo(other.id());
    }

    @Test
    void aDealNeedsAStageThatExists() {
        Deal deal = transaction.create(new Deal());
        transaction.trash(second);

        assertThatThrownBy(() -> transaction.patch(deal, "stage", second.id()))
                .asInstanceOf(type(Invalid.class))
                .satisfies(problem -> assertThat(codes(problem)).containsExactly("stage: pipeline.noSuchStage"));
    }

    @Test
    void aStageInAPipelineInTheTrashTakesNoDeals() {
        transaction.trash(sales);

        assertThatThrownBy(() -> dealIn(first))
                .asInstanceOf(type(Invalid.class))
                .satisfies(problem -> assertThat(codes(problem)).containsExactly("stage: pipeline.noSuchStage"));
    }

    @Test
    void aDealComesBackFromTheTrashOnlyIntoAStageThatExists() {
        Deal deal = transaction.create(new Deal());
        transaction.trash(deal);
        transaction.restore(deal);
        transaction.trash(deal);
        transaction.trash(first);

        assertThatThrownBy(() -> transaction.restore(deal))
                .asInstanceOf(type(Invalid.class))
                .satisfies(problem -> assertThat(codes(problem)).containsExactly("stage: pipeline.noSuchStage"));
        assertThat(transaction.all(StageChange.class)).hasSize(1);
    }

    @Test
    void theHistoryBelongsToTheOwnerOfTheDeal() {
        Deal deal = new Deal();
        deal.assign(7L, 8L);

        transaction.create(deal);

        assertThat(transaction.all(StageChange.class))
                .singleElement()
                .satisfies(step -> assertThat(step.owner()).isEqualTo(7))
                .satisfies(step -> assertThat(step.team()).isEqualTo(8));
    }

    @Test
    void aDealCannotLoseItsStage() {
        Deal deal = transaction.create(new Deal());

        assertThatThrownBy(() -> transaction.patch(deal, "stage", null))
                .asInstanceOf(type(Invalid.class))
                .satisfies(problem -> assertThat(codes(problem)).containsExactly("stage: field.required"));
    }

    @Test
    void aWonDealIsClosedAndCertain() {
        Deal deal = dealIn(second);
        clock.advance(Duration.ofDays(1));

        transaction.act(new WinDeal(), deal, Map.of());

        assertThat(deal.state()).isEqualTo(DealState.WON);
        assertThat(deal.probability()).isEqualTo(100);
        assertThat(deal.closedAt()).isEqualTo(START.plus(Duration.ofDays(1)));
        assertThat(deal.stage()).isEqualTo(second.id());
    }

    @Test
    void aLostDealKeepsTheReason() {
        Deal deal = transaction.create(new Deal());

        transaction.act(new LoseDeal(), deal, Map.of("reason", "  Too dear \n"));

        assertThat(deal.state()).isEqualTo(DealState.LOST);
        assertThat(deal.lostReason()).isEqualTo("Too dear");
        assertThat(deal.probability()).isZero();
        assertThat(deal.closedAt()).isEqualTo(START);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u3000", "missing"})
    void aLostDealNeedsAReason(String reason) {
        Deal deal = transaction.create(new Deal());
        Map<String, Object> input = new HashMap<>();
        input.put("reason", reason.equals("missing") ? null : reason);

        assertThatThrownBy(() -> transaction.act(new LoseDeal(), deal, input))
                .asInstanceOf(type(Invalid.class))
                .satisfies(problem -> assertThat(codes(problem)).containsExactly("reason: field.required"));
        assertThat(deal.state()).isEqualTo(DealState.OPEN);
    }

    @Test
    void aReasonHasALimit() {
        Deal deal = transaction.create(new Deal());

        assertThatThrownBy(() -> transaction.act(new LoseDeal(), deal, Map.of("reason", "x".repeat(1001))))
                .asInstanceOf(type(Invalid.class))
                .satisfies(problem -> assertThat(codes(problem)).containsExactly("reason: field.tooLong"));
    }

    @Test
    void aReopenedDealGoesOnWhereItWas() {
        Deal deal = dealIn(second);
        transaction.act(new LoseDeal(), deal, Map.of("reason", "No money this year"));
        clock.advance(Duration.ofDays(30));

        transaction.act(new ReopenDeal(), deal, Map.of());

        assertThat(deal.state()).isEqualTo(DealState.OPEN);
        assertThat(deal.stage()).isEqualTo(second.id());
        assertThat(deal.probability()).isEqualTo(50);
        assertThat(deal.closedAt()).isNull();
        assertThat(deal.lostReason()).isNull();
        assertThat(deal.stageSince()).isEqualTo(START.plus(Duration.ofDays(30)));
    }

    @Test
    void aClosedDealIsNotClosedAgain() {
        Deal won = transaction.create(new Deal());
        Deal lost = transaction.create(new Deal());
        transaction.act(new WinDeal(), won, Map.of());
        transaction.act(new LoseDeal(), lost, Map.of("reason", "x"));

        assertThatThrownBy(() -> transaction.act(new WinDeal(), won, Map.of()))
                .isInstanceOf(Conflict.class)
                .hasMessage("pipeline.alreadyWon");
        assertThatThrownBy(() -> transaction.act(new LoseDeal(), won, Map.of("reason", "x")))
                .isInstanceOf(Conflict.class)
                .hasMessage("pipeline.alreadyWon");
        assertThatThrownBy(() -> transaction.act(new WinDeal(), lost, Map.of()))
                .isInstanceOf(Conflict.class)
                .hasMessage("pipeline.alreadyLost");
    }

    @Test
    void anOpenDealIsNotReopened() {
        Deal deal = transaction.create(new Deal());

        assertThatThrownBy(() -> transaction.act(new ReopenDeal(), deal, Map.of()))
                .isInstanceOf(Conflict.class)
                .hasMessage("pipeline.alreadyOpen");
    }

    @Test
    void aClosedDealStaysInItsStage() {
        Deal deal = transaction.create(new Deal());
        transaction.act(new WinDeal(), deal, Map.of());

        assertThatThrownBy(() -> transaction.patch(deal, "stage", second.id()))
                .isInstanceOf(Conflict.class)
                .hasMessage("pipeline.closedDealMoved");
    }

    @Test
    void aClosedDealCanStillBeRenamed() {
        Deal deal = transaction.create(new Deal());
        transaction.act(new WinDeal(), deal, Map.of());

        transaction.patch(deal, "name", "Roof, with gutters");

        assertThat(deal.probability()).isEqualTo(100);
        assertThat(transaction.all(StageChange.class)).hasSize(2);
    }

    @Test
    void everyStepIsWrittenDownWithTheTimeBeforeIt() {
        Deal deal = transaction.create(new Deal());
        clock.advance(Duration.ofMinutes(10));
        transaction.patch(deal, "stage", second.id());
        clock.advance(Duration.ofMinutes(20));
        transaction.act(new LoseDeal(), deal, Map.of("reason", "x"));
        clock.advance(Duration.ofMinutes(30));
        transaction.act(new ReopenDeal(), deal, Map.of());
        clock.advance(Duration.ofMinutes(40));
        transaction.act(new WinDeal(), deal, Map.of());

        List<String> steps =
                transaction.all(StageChange.class).stream().map(this::told).toList();

        assertThat(steps)
                .containsExactly(
                        "- - > New OPEN after null s",
                        "New OPEN > Proposal OPEN after 600 s",
                        "Proposal OPEN > Proposal LOST after 1200 s",
                        "Proposal LOST > Proposal OPEN after 1800 s",
                        "Proposal OPEN > Proposal WON after 2400 s");
        assertThat(transaction.all(StageChange.class))
                .last()
                .extracting(StageChange::changedAt)
                .isEqualTo(START.plus(Duration.ofMinutes(100)));
    }

    private String told(StageChange step) {
        return "%s %s > %s %s after %s s"
                .formatted(
                        name(step.fromStage()),
                        step.fromState() == null ? "-" : step.fromState(),
                        name(step.toStage()),
                        step.toState(),
                        step.secondsInStage());
    }

    private String name(Long stage) {
        return stage == null
                ? "-"
                : transaction.find(Stage.class, stage).orElseThrow().name();
    }

    private Deal dealIn(Stage stage) {
        return transaction.create(Deal.class, Map.of("name", "Roof", "stage", stage.id()));
    }

    private static List<String> codes(Invalid problem) {
        return problem.fields().stream()
                .map(field -> field.path() + ": " + field.code())
                .toList();
    }
}
