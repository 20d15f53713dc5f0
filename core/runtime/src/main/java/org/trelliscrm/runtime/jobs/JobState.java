// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.util.Locale;

/** Where a job stands; in the database and in JSON by its lower-case name. */
enum JobState {
    QUEUED,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    static JobState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing more will happen. */
    boolean isOver() {
        return this != QUEUED && this != RUNNING;
    }
}
