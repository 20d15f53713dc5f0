// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.limits;

import java.time.Duration;
import java.util.Map;

/**
 * A token bucket: holds a minute's worth of requests at most and fills evenly, so a burst is fine and a flood is not. The
 * limit comes with each request, for it may be changed at any time.
 */
final class Bucket {

    private static final long MILLIS = Duration.ofMinutes(1).toMillis();

    /** What has been taken and is not filled up again, in parts of a request, {@link #MILLIS} of which are one. */
    private long missing;

    private long at;

    Bucket(long now) {
        at = now;
    }

    /** What became of one request. */
    record Taken(boolean allowed, int limit, int remaining, Duration untilNext, Duration untilFull) {

        /** For the answer, as draft-ietf-httpapi-ratelimit-headers-06 has them; later drafts are known to few clients. */
        Map<String, String> headers() {
            return Map.of(
                    "RateLimit-Limit", Integer.toString(limit),
                    "RateLimit-Remaining", Integer.toString(remaining),
                    "RateLimit-Reset", Long.toString(seconds(untilFull)),
                    "RateLimit-Policy", limit + ";w=60");
        }
    }

    /** Takes a token, if there is one. */
    synchronized Taken take(int perMinute, long now) {
        // A clock that was put back fills nothing, and takes nothing away.
        long filled = Math.max(0, now - at) * perMinute;
        long whole = perMinute * MILLIS;
        missing = Math.min(Math.max(0, missing - filled), whole);
        at = now;
        boolean allowed = missing + MILLIS <= whole;
        if (allowed) {
            missing += MILLIS;
        }
        return new Taken(
                allowed,
                perMinute,
                (int) ((whole - missing) / MILLIS),
                allowed ? Duration.ZERO : time(missing + MILLIS - whole, perMinute),
                time(missing, perMinute));
    }

    /** Whether a minute has passed, after which it is as good as a new one. */
    synchronized boolean isFull(long now) {
        return now - at >= MILLIS;
    }

    private static Duration time(long parts, int perMinute) {
        return Duration.ofMillis((parts + perMinute - 1) / perMinute);
    }

    /** In whole seconds; one too few would be refused again. */
    static long seconds(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }
}
