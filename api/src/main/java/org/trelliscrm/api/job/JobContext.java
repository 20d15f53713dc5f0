// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.job;

import java.nio.file.Path;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.trelliscrm.api.access.Caller;

/** What a running {@link Job} sees of its surroundings; made by the runtime for one run. */
@ProviderType
public interface JobContext {

    /** The job's id, as {@code /api/jobs/{id}} shows it. */
    long id();

    /** Who asked for it; the work is done with their rights. */
    Caller caller();

    /** What was asked for, as given to {@link Jobs#enqueue}. */
    Map<String, Object> input();

    /** What {@link #checkpoint} kept last, also in an earlier run; empty if there was none. */
    Map<String, Object> state();

    /**
     * Keeps how far the work is, so that a run that is cut short can be gone on with. To be called after a step is
     * done; a step that must never be done twice must recognise by itself that it has been done, for the node may die
     * between the two.
     *
     * @param state JSON-shaped; replaces what was kept before
     * @throws IllegalStateException if the job has meanwhile been given to another node, because this one was silent for
     *     too long: nothing more must be done
     */
    void checkpoint(Map<String, Object> state);

    /** A folder for files of this job only; removed with it. */
    Path folder();

    /** Tells how far the work is; cheap enough to be called for every row. {@code total} 0 means not yet known. */
    void progress(long done, long total);

    /** Whether somebody asked for the work to stop. */
    boolean isCancelled();

    /** Offers a file in {@link #folder()} for download under {@code /api/jobs/{id}/files/{name}}. */
    void offer(String name, String mediaType);
}
