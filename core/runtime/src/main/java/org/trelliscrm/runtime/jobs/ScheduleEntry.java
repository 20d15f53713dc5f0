// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table {@code job_schedule}.
 *
 * @param times what the moments are made from, as text
 * @param lastJob the last job that it has made
 */
record ScheduleEntry(
        long id,
        int tenant,
        String kind,
        String times,
        Instant nextRun,
        @Nullable Instant lastRun,
        @Nullable Long lastJob,
        boolean paused) {}
