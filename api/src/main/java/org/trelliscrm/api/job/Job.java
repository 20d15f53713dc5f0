// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.job;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One kind of work that takes longer than a request: an import, the installation of a module. Registered as an OSGi
 * service by whoever brings the work; run by the runtime for each entry that {@link Jobs#enqueue} makes, once per
 * cluster, with the rights of the person who asked for it.
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
}
