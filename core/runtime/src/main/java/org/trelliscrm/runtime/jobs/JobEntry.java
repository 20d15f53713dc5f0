// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;

/**
 * One row of the table {@code job}.
 *
 * @param locale the language in which the work was asked for, as BCP 47 tag
 * @param withFiles whether it needs the files that were prepared in its folder, so that only a node that has them may run it
 */
record JobEntry(
        long id,
        int tenant,
        String kind,
        JobState state,
        Instant createdAt,
        @Nullable Long createdBy,
        String locale,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        long done,
        long total,
        Map<String, Object> input,
        @Nullable Map<String, Object> outcome,
        @Nullable JobProblem problem,
        List<JobFile> files,
        boolean withFiles) {

    /** A job that has just been asked for. */
    static JobEntry asked(
            long id, Caller caller, String kind, Instant now, Map<String, Object> input, boolean withFiles) {
        return new JobEntry(
                id,
                caller.tenant(),
                kind,
                JobState.QUEUED,
                now,
                caller.user(),
                caller.locale().toLanguageTag(),
                null,
                null,
                0,
                0,
                input,
                null,
                null,
                List.of(),
                withFiles);
    }

    boolean belongsTo(Caller caller) {
        return createdBy != null && Objects.equals(createdBy, caller.user());
    }
}
