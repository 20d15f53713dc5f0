// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.time.Duration;

/**
 * How long to wait after how many failures: nothing for the first few, then each time twice as long, to a limit.
 *
 * @param free the number of failures with which the waiting begins
 */
record BackOff(int free) {

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    Duration after(int failures) {
        if (failures < free) {
            return Duration.ZERO;
        }
        // 5 s · 2^8 is beyond the limit already; a larger shift would only overflow.
        Duration wait = FIRST.multipliedBy(1L << Math.min(failures - free, 8));
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }
}
