// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trelliscrm.testkit.FakeClock;

class RecentTest {

    private final FakeClock clock = new FakeClock("2026-03-01T09:00:00Z");
    private final AccessChanges changes = new AccessChanges(clock);
    private final Recent<String, String> recent = new Recent<>(clock, changes);
    private int reads;

    @Test
    void whatWasJustReadIsNotReadAgain() {
        IntStream.range(0, 1000).forEach(i -> ask("bela"));

        assertThat(reads).isEqualTo(1);
    }

    @Test
    void afterAMomentItIsReadAgain() {
        ask("bela");
        clock.advance(Recent.KEEP);
        ask("bela");

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void twoOfThemInARowAreOldInLessThanFiveSeconds() {
        assertThat(Recent.KEEP.multipliedBy(2)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whatIsNotThereIsAskedForEachTime() {
        assertThat(recent.get("nobody", this::nothing)).isEmpty();
        assertThat(recent.get("nobody", this::nothing)).isEmpty();

        assertThat(reads).isEqualTo(2);
    }

    private Optional<String> nothing() {
        reads++;
        return Optional.empty();
    }

    @Test
    void aChangeMakesItForgetAtOnceAndRememberNothingUntilItIsSurelyCommitted() {
        ask("bela");
        changes.happened();

        ask("bela");
        ask("bela");
        assertThat(reads).isEqualTo(3);

        clock.advance(AccessChanges.SETTLING);
        ask("bela");
        ask("bela");
        assertThat(reads).isEqualTo(4);
    }

    @Test
    void whatWasReadBeforeTheCommitIsNotRememberedAfterIt() {
        changes.happened();
        clock.advance(AccessChanges.SETTLING.minusMillis(1));
        ask("bela");
        clock.advance(Duration.ofMillis(1));
        ask("bela");

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void aClockThatIsPutBackKeepsNothingAlive() {
        ask("bela");
        clock.advance(Duration.ofHours(-1));
        ask("bela");

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void itHoldsNoMoreThanItsBound() {
        IntStream.range(0, 25_000).forEach(i -> ask("user" + i));
        int before = reads;

        IntStream.range(0, 25_000).forEach(i -> ask("user" + i));

        assertThat(reads - before).isGreaterThan(10_000);
    }

    private void ask(String key) {
        assertThat(recent.get(key, () -> {
                    reads++;
                    return Optional.of("value of " + key);
                }))
                .contains("value of " + key);
    }
}
