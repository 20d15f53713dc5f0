// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.job;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How a failed job is tried again: after {@code first}, then after twice as long each time, never more than {@code
 * longest}; each wait is cut at random by up to a half, so that many do not come at once. A problem of the caller's making
 * (a status of 400 and above, other than 409 and 429) is not tried again.
 *
 * @param attempts how many runs there are at most, the first one counted
 * @param first the wait after the first failure
 * @param longest the longest wait; at most a day
 */
@ProviderType
public record Retry(int attempts, Duration first, Duration longest) {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST_DOUBLINGS = 30;

    /** One run and no other. */
    public static final Retry NEVER = new Retry(1, Duration.ZERO, Duration.ZERO);

    public Retry {
        if (attempts < 1 || first.isNegative() || longest.compareTo(first) < 0 || longest.compareTo(DAY) > 0) {
            throw new IllegalArgumentException("no way to try again: " + attempts + ", " + first + ", " + longest);
        }
    }

    /** Up to so many runs, the second after {@code first} at the latest, the last ones an hour apart at most. */
    public static Retry times(int attempts, Duration first) {
        Duration hour = Duration.ofHours(1);
        return new Retry(attempts, first, first.compareTo(hour) > 0 ? first : hour);
    }

    /** The longest wait after so many failures, before chance shortens it. */
    public Duration after(int failures) {
        Duration doubled = first.multipliedBy(1L << Math.min(Math.max(failures, 1) - 1, MOST_DOUBLINGS));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
