// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.feed;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;

/**
 * Groups all changes of one piece of work, for example one import, under one id, so that they can be listed and undone
 * together. Whoever does such work opens a change set, works within it, and closes it.
 */
public interface ChangeSets {

    /**
     * Opens a change set, or the same one again: work that goes on after a crash goes on in its change set.
     *
     * @param id its id: that of the job which does the work, or a new one
     * @param kind what kind of work, in lower case, for example {@code import} or {@code bulk-update}
     * @param details what a person should know about it, JSON-shaped, for example the name of the file
     * @param job the job that does the work; {@code null} if a request does
     */
    void open(Caller caller, long id, String kind, Map<String, Object> details, @Nullable Long job);

    /** Says that nothing more will come: the change set can be undone now. */
    void close(long id);

    /** Does some work; every change that this thread makes meanwhile belongs to the change set. */
    static void within(long changeSet, Runnable work) {
        Long before = CurrentChangeSet.ID.get();
        CurrentChangeSet.ID.set(changeSet);
        try {
            work.run();
        } finally {
            CurrentChangeSet.ID.set(before);
        }
    }

    /** The change set that this thread works in, or {@code null}. */
    static @Nullable Long current() {
        return CurrentChangeSet.ID.get();
    }
}
