// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one run of a job ended, ready to be written.
 *
 * @param state {@link JobState#QUEUED} if another run follows: because of a problem, or because it was cut short
 * @param notBefore the moment before which the other run does not begin
 */
record JobEnding(
        JobState state,
        long done,
        long total,
        @Nullable String outcomeJson,
        @Nullable JobProblem problem,
        List<JobFile> files,
        @Nullable Instant notBefore) {}
