// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private final BackOff backOff = new BackOff(5);

    @Test
    void theFirstFewFailuresCostNothing() {
        assertThat(backOff.after(0)).isZero();
        assertThat(backOff.after(4)).isZero();
    }

    @Test
    void eachOneMoreDoublesTheWait() {
        assertThat(backOff.after(5)).isEqualTo(Duration.ofSeconds(5));
        assertThat(backOff.after(6)).isEqualTo(Duration.ofSeconds(10));
        assertThat(backOff.after(12)).isEqualTo(Duration.ofSeconds(640));
    }

    @Test
    void nobodyWaitsLongerThanAQuarterOfAnHour() {
        assertThat(backOff.after(13)).isEqualTo(Duration.ofMinutes(15));
        assertThat(backOff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(15));
    }
}
