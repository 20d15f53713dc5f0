// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import java.util.Arrays;
import java.util.Map;

/**
 * What came of one measurement.
 *
 * @param nanos how long it took
 * @param latencies how long each request took, in nanoseconds, the shortest first
 * @param errors what went wrong, and how often
 */
record Result(long nanos, long[] latencies, Map<String, Integer> errors) {

    /** One whole piece of work that is counted by its rows. */
    static Result ofRows(int rows, long nanos) {
        long[] latencies = new long[rows];
        Arrays.fill(latencies, nanos / Math.max(1, rows));
        return new Result(nanos, latencies, Map.of());
    }

    double perSecond() {
        return latencies.length * 1e9 / nanos;
    }

    double percentileMillis(int percent) {
        return latencies.length == 0 ? 0 : latencies[(latencies.length - 1) * percent / 100] / 1e6;
    }

    int errorCount() {
        return errors.values().stream().mapToInt(Integer::intValue).sum();
    }
}
