// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.RecordRef;
import org.trelliscrm.testkit.FakeClock;
import org.trelliscrm.testkit.FakeTransaction;

class ActivityTest {

    private static final Instant NINE = Instant.parse("2026-11-24T09:00:00Z");
    private static final Instant TEN = Instant.parse("2026-11-24T10:00:00Z");

    private final FakeClock clock = new FakeClock("2026-11-24T09:00:00Z");
    private final FakeTransaction transaction = new FakeTransaction(clock, new ActivityRules());

    private Activity saved(ActivityKind kind, Object... namesAndValues) {
        Map<String, Object> values = new HashMap<>(Map.of("kind", kind, "subject", "Ring Anna"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return transaction.create(Activity.class, values);
    }

    private List<String> problemsOf(ActivityKind kind, Object... namesAndValues) {
        return catchThrowableOfType(Invalid.class, () -> saved(kind, namesAndValues)).fields().stream()
                .map(problem -> problem.path() + " " + problem.code())
                .toList();
    }

    @Test
    void isPlannedAndOfNormalPriorityUnlessSomebodySaysOtherwise() {
        Activity activity = saved(ActivityKind.TASK);

        assertThat(activity.status()).isEqualTo(Status.PLANNED);
        assertThat(activity.priority()).isEqualTo(Priority.NORMAL);
        assertThat(activity.doneAt()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void aNoteIsDone(Status said) {
        Activity note = saved(ActivityKind.NOTE, "status", said);

        assertThat(note.status()).isEqualTo(Status.DONE);
        assertThat(note.doneAt()).isEqualTo(NINE);
    }

    @Test
    void aNoteIsNotReopened() {
        Activity note = saved(ActivityKind.NOTE);

        assertThatThrownBy(() -> transaction.act(new ReopenActivity(), note, Map.of()))
                .isInstanceOfSatisfying(
                        Conflict.class, problem -> assertThat(problem.code()).isEqualTo("activities.noteStaysDone"));
    }

    @Test
    void completingSaysWhenAndWhatCameOfIt() {
        Activity call = saved(ActivityKind.CALL);
        clock.advance(Duration.ofHours(1));

        transaction.act(new CompleteActivity(), call, Map.of("outcome", " wants an offer "));

        assertThat(call.status()).isEqualTo(Status.DONE);
        assertThat(call.doneAt()).isEqualTo(TEN);
        assertThat(call.outcome()).isEqualTo("wants an offer");
    }

    @Test
    void completingTwiceKeepsTheFirstMoment() {
        Activity call = saved(ActivityKind.CALL);
        transaction.act(new CompleteActivity(), call, Map.of("outcome", "nobody there"));
        clock.advance(Duration.ofHours(1));

        transaction.act(new CompleteActivity(), call, Map.of());

        assertThat(call.doneAt()).isEqualTo(NINE);
        assertThat(call.outcome()).isEqualTo("nobody there");
    }

    @Test
    void aStatusThatIsWrittenCountsLikeTheAction() {
        Activity task = saved(ActivityKind.TASK);
        clock.advance(Duration.ofHours(1));

        transaction.patch(task, "status", Status.DONE);
        assertThat(task.doneAt()).isEqualTo(TEN);

        transaction.patch(task, "status", Status.IN_PROGRESS);
        assertThat(task.doneAt()).isNull();
    }

    @Test
    void reopeningForgetsWhenItWasDone() {
        Activity task = saved(ActivityKind.TASK, "status", Status.DONE);

        transaction.act(new ReopenActivity(), task, Map.of());

        assertThat(task.status()).isEqualTo(Status.PLANNED);
        assertThat(task.doneAt()).isNull();
    }

    @Test
    void reopeningLeavesWhatIsInProgress() {
        Activity task = saved(ActivityKind.TASK, "status", Status.IN_PROGRESS);

        transaction.act(new ReopenActivity(), task, Map.of());

        assertThat(task.status()).isEqualTo(Status.IN_PROGRESS);
    }

    @Test
    void doesNotEndBeforeItStarts() {
        assertThat(problemsOf(ActivityKind.MEETING, "startsAt", TEN, "endsAt", NINE))
                .containsExactly("endsAt activities.endsBeforeStart");
        assertThat(saved(ActivityKind.MEETING, "startsAt", NINE, "endsAt", NINE).id())
                .isNotNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = ActivityKind.class,
            names = {"TASK", "MEETING", "NOTE"})
    void onlyCallsAndMailsHaveADirection(ActivityKind kind) {
        assertThat(problemsOf(kind, "direction", Direction.INCOMING))
                .containsExactly("direction activities.noDirection");
    }

    @Test
    void aCallThatBecomesATaskLosesItsDirection() {
        Activity call = saved(ActivityKind.CALL, "direction", Direction.INCOMING);

        transaction.patch(call, "kind", ActivityKind.TASK);

        assertThat(call.direction()).isNull();
    }

    @Test
    void isForItsCreatorIfForNobodyElse() {
        transaction.as(person(7));

        assertThat(saved(ActivityKind.TASK).assignees()).containsExactly(7L);
        assertThat(saved(ActivityKind.TASK, "assignees", List.of(8L, 9L, 8L)).assignees())
                .containsExactly(8L, 9L);
    }

    @Test
    void isForNobodyIfTheSystemMadeIt() {
        assertThat(saved(ActivityKind.TASK).assignees()).isEmpty();
    }

    @Test
    void staysForNobodyOnceEverybodyIsTakenAway() {
        transaction.as(person(7));
        Activity task = saved(ActivityKind.TASK);

        transaction.patch(task, "assignees", List.of());

        assertThat(task.assignees()).isEmpty();
    }

    private static Caller person(long user) {
        return new Caller(1, user, "Siân", Set.of(), null, Rights.ALL, Locale.ENGLISH, ZoneId.of("Europe/London"));
    }

    @Test
    void isLinkedToARecordOnce() {
        RecordRef anna = new RecordRef("contact", 5);

        assertThat(saved(ActivityKind.TASK, "links", List.of(anna, new RecordRef("deal", 5), anna))
                        .links())
                .containsExactly(anna, new RecordRef("deal", 5));
    }

    @Test
    void aChecklistHasNoEmptyLines() {
        Activity task = saved(
                ActivityKind.TASK,
                "checklist",
                List.of(new ChecklistItem("pack"), new ChecklistItem(), new ChecklistItem("send")));

        assertThat(task.checklist()).extracting(ChecklistItem::text).containsExactly("pack", "send");
        assertThat(task.checklist()).noneMatch(ChecklistItem::isDone);
    }

    @Test
    void listsHaveAnEnd() {
        assertThat(problemsOf(ActivityKind.TASK, "assignees", Collections.nCopies(201, 7L)))
                .containsExactly("assignees field.tooMany");
    }
}
