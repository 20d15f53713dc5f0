// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.job;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * When a {@link Job} runs by itself. It runs once in the cluster; what was missed while the system was down is made up
 * for by one run; and it never begins while its last run is still under way.
 *
 * @param cron five fields (minute, hour, day of month, month, day of week), or {@code null}
 * @param zone the zone in which {@code cron} is meant. A time that the clocks leave out comes when they have been put on;
 *     one that comes twice is taken once
 * @param every the time between two beginnings, or {@code null}
 * @param perTenant whether it runs for each tenant by itself; else once for the whole system, as the first tenant
 */
@ProviderType
public record Schedule(@Nullable String cron, ZoneId zone, @Nullable Duration every, boolean perTenant) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    public Schedule {
        if ((cron == null) == (every == null) || every != null && every.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("either a cron expression or a second at least: " + cron + every);
        }
    }

    /** At the times of a cron expression, for example {@code 30 2 * * *} for half past two each night. */
    public static Schedule cron(String expression, ZoneId zone) {
        return new Schedule(expression, zone, null, false);
    }

    /** Again and again. */
    public static Schedule every(Duration duration) {
        return new Schedule(null, ZoneOffset.UTC, duration, false);
    }

    /** The same times for each tenant by itself. */
    public Schedule forEachTenant() {
        return new Schedule(cron, zone, every, true);
    }
}
