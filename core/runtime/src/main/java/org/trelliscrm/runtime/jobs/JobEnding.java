// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one run of a job ended, ready to be written. */
record JobEnding(
        JobState state,
        long done,
        long total,
        @Nullable String outcomeJson,
        @Nullable JobProblem problem,
        List<JobFile> files) {}
