// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.job;

import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One kind of work that takes longer than a request: an import, the installation of a module. Registered as an OSGi
 * service by whoever brings the work; run by the runtime for each entry that {@link Jobs#enqueue} or its own {@link
 * #schedule} makes, once per cluster, with the rights of the person who asked for it. While nobody registers its kind, an
 * entry waits.
 */
@ConsumerType
public interface Job {

    /** The name of the kind, for example {@code import}; unique in the system. */
    String kind();

    /**
     * Does the work. Ends early when {@link JobContext#isCancelled()}.
     *
     * @return the outcome, JSON-shaped (maps, lists, strings, numbers, booleans), shown to the person
     * @throws Exception if it failed; a {@link org.trelliscrm.api.problem.Problem} is shown in words
     */
    Map<String, Object> run(JobContext context) throws Exception;

    /**
     * Whether a run that was cut short, because its node was killed or stopped or its module was removed, may simply be
     * followed by another one. It goes on from {@link JobContext#state()}; what it did after its last {@link
     * JobContext#checkpoint} it does again.
     */
    default boolean canGoOn() {
        return false;
    }

    /** How often, and how soon, it is tried again when {@link #run} fails. */
    default Retry retry() {
        return Retry.NEVER;
    }

    /** When it runs by itself, as the system and with an empty input. */
    default Optional<Schedule> schedule() {
        return Optional.empty();
    }

    /** Whether it never takes longer than some seconds: for such work a thread is kept free of imports and the like. */
    default boolean isBrief() {
        return false;
    }
}
