// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.trelliscrm.api.access.Caller;

/** The queue of work. Provided by the runtime, called by modules and resources. */
@ProviderType
public interface Jobs {

    /**
     * Puts work at the end of the queue.
     *
     * @param kind a registered {@link Job#kind()}
     * @param input JSON-shaped; kept in the database
     * @param files prepares files in the job's folder before the job can start
     * @return the id of the job
     */
    long enqueue(Caller caller, String kind, Map<String, Object> input, Files files);

    /** As {@link #enqueue(Caller, String, Map, Files)} without files. */
    default long enqueue(Caller caller, String kind, Map<String, Object> input) {
        return enqueue(caller, kind, input, folder -> {});
    }

    /** Writes what the job will need into its folder. */
    @FunctionalInterface
    interface Files {
        void prepare(Path folder) throws IOException;
    }
}
