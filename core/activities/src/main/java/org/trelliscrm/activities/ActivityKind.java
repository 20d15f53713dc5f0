// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.activities;

/** What is done. */
enum ActivityKind {
    TASK,
    CALL,
    MEETING,
    NOTE,
    EMAIL;

    /** Whether somebody is at the other end of a line. */
    boolean hasDirection() {
        return this == CALL || this == EMAIL;
    }
}
