// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.history;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;

/**
 * One row of the table {@code change_set}.
 *
 * @param undoes of an undo: the change set that it takes back
 * @param attempt of an undo: how often it has been set going; it goes on if it was cut short
 * @param attemptedAt of an undo: when it was set going the last time
 * @param undoneBy of one that has been taken back, or is just being: the undo
 */
record ChangeSetEntry(
        long id,
        int tenant,
        String kind,
        State state,
        Map<String, Object> details,
        @Nullable Long actor,
        @Nullable Long job,
        Instant begunAt,
        @Nullable Instant endedAt,
        @Nullable Long undoes,
        int attempt,
        @Nullable Instant attemptedAt,
        @Nullable Long undoneBy) {

    static final String UNDO = "undo";

    /** Where a change set stands. */
    enum State {
        RUNNING("running"),
        DONE("done"),
        UNDOING("undoing"),
        /** Something could not be put back, or the undo was stopped: it can be undone again, for the rest. */
        PARTLY_UNDONE("partly-undone"),
        UNDONE("undone");

        private final String text;

        State(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        static State of(String text) {
            for (State state : values()) {
                if (state.text.equals(text)) {
                    return state;
                }
            }
            throw new IllegalStateException("no state of a change set: " + text);
        }
    }

    boolean belongsTo(Caller caller) {
        return actor != null && Objects.equals(actor, caller.user());
    }
}
