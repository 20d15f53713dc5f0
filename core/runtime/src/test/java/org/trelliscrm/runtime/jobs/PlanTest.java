// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trelliscrm.api.job.Schedule;

class PlanTest {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    @Test
    void aCronExpressionIsMeantInItsZone() {
        Plan plan = new Plan(Schedule.cron("30 2 * * *", ZoneId.of("Asia/Taipei")));

        assertThat(plan.after(Instant.parse("2026-07-01T00:00:00Z"))).contains(Instant.parse("2026-07-01T18:30:00Z"));
    }

    @Test
    void aTimeThatTheClocksLeaveOutComesRightAfterTheGap() {
        // On 29 March 2026 the clocks of London go from 01:00 to 02:00.
        List<String> runs = runs("30 1 * * *", "2026-03-28T12:00:00Z", 3);

        assertThat(runs).containsExactly("2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z");
    }

    @Test
    void aTimeThatComesTwiceIsTakenOnce() {
        // On 25 October 2026 the clocks of London go from 02:00 back to 01:00.
        List<String> runs = runs("30 1 * * *", "2026-10-24T12:00:00Z", 3);

        assertThat(runs).containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z", "2026-10-27T01:30:00Z");
    }

    @Test
    void allThroughBothNightsTheMomentsOnlyGrow() {
        for (String night : List.of("2026-03-28T23:00:00Z", "2026-10-24T23:00:00Z")) {
            Plan plan = new Plan(Schedule.cron("*/15 * * * *", LONDON));
            Instant now = Instant.parse(night);
            for (int i = 0; i < 30; i++) {
                Instant next = plan.after(now).orElseThrow();
                assertThat(next).isAfter(now).isBeforeOrEqualTo(now.plus(Duration.ofMinutes(75)));
                now = next;
            }
        }
    }

    @Test
    void whatNeverComesHasNoNextMoment() {
        assertThat(new Plan(Schedule.cron("0 0 30 2 *", LONDON)).after(Instant.parse("2026-01-01T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void whatIsNoCronExpressionIsRefused() {
        assertThatThrownBy(() -> new Plan(Schedule.cron("every day", LONDON)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> runs(String cron, String from, int count) {
        Plan plan = new Plan(Schedule.cron(cron, LONDON));
        List<String> runs = new ArrayList<>();
        Instant now = Instant.parse(from);
        for (int i = 0; i < count; i++) {
            now = plan.after(now).orElseThrow();
            runs.add(now.toString());
        }
        return runs;
    }
}
