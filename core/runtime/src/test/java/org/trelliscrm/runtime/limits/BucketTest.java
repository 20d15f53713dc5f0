// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.trelliscrm.runtime.limits.Bucket.Taken;

class BucketTest {

    private static final int PER_MINUTE = 60;

    private final Bucket bucket = new Bucket(0);

    private Taken takeAll(long now) {
        Taken last = bucket.take(PER_MINUTE, now);
        for (int i = 1; i < PER_MINUTE; i++) {
            last = bucket.take(PER_MINUTE, now);
        }
        return last;
    }

    @Test
    void aMinutesWorthMayComeAtOnce() {
        assertThat(takeAll(0).allowed()).isTrue();
        assertThat(bucket.take(PER_MINUTE, 0).allowed()).isFalse();
    }

    @Test
    void itSaysHowLongToWait() {
        takeAll(0);

        Taken refused = bucket.take(PER_MINUTE, 400);

        assertThat(refused.untilNext()).isEqualTo(Duration.ofMillis(600));
        assertThat(Bucket.seconds(refused.untilNext())).isEqualTo(1);
        assertThat(bucket.take(PER_MINUTE, 1000).allowed()).isTrue();
        assertThat(bucket.take(PER_MINUTE, 1000).allowed()).isFalse();
    }

    @Test
    void whatIsRefusedCostsNothing() {
        takeAll(0);
        for (int i = 0; i < 1000; i++) {
            bucket.take(PER_MINUTE, 10);
        }

        assertThat(bucket.take(PER_MINUTE, 1000).allowed()).isTrue();
    }

    @Test
    void itHoldsNoMoreThanAMinutesWorth() {
        assertThat(takeAll(Duration.ofHours(1).toMillis()).remaining()).isZero();
    }

    @Test
    void aClockThatIsPutBackGivesNothingAway() {
        takeAll(Duration.ofHours(1).toMillis());

        assertThat(bucket.take(PER_MINUTE, 0).allowed()).isFalse();
        assertThat(bucket.take(PER_MINUTE, 1000).allowed()).isTrue();
    }

    @Test
    void aLowerLimitWorksAtOnce() {
        bucket.take(PER_MINUTE, 0);
        bucket.take(PER_MINUTE, 0);

        assertThat(bucket.take(2, 0).allowed()).isFalse();
    }

    @Test
    void theAnswerTellsHowMuchIsLeft() {
        bucket.take(PER_MINUTE, 0);

        assertThat(bucket.take(PER_MINUTE, 0).headers())
                .containsEntry("RateLimit-Limit", "60")
                .containsEntry("RateLimit-Remaining", "58")
                .containsEntry("RateLimit-Reset", "2")
                .containsEntry("RateLimit-Policy", "60;w=60");
    }
}
