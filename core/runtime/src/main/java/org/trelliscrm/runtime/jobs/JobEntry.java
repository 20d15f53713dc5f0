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
 * @param key the API key with which it was asked for
 * @param attempts how often it has failed
 * @param interruptions how often it was cut short since it last kept how far it is
 * @param notBefore the moment before which it does not begin
 * @param kept what it keeps of how far it is
 */
record JobEntry(
        long id,
        int tenant,
        String kind,
        JobState state,
        Instant createdAt,
        @Nullable Long createdBy,
        @Nullable Long key,
        String locale,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        long done,
        long total,
        Map<String, Object> input,
        @Nullable Map<String, Object> outcome,
        @Nullable JobProblem problem,
        List<JobFile> files,
        boolean withFiles,
        int attempts,
        int interruptions,
        @Nullable Instant notBefore,
        Map<String, Object> kept) {

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
                caller.key(),
                caller.locale().toLanguageTag(),
                null,
                null,
                0,
                0,
                input,
                null,
                null,
                List.of(),
                withFiles,
                0,
                0,
                null,
                Map.of());
    }

    boolean belongsTo(Caller caller) {
        return createdBy != null && Objects.equals(createdBy, caller.user());
    }
}
