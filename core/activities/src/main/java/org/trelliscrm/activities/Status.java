// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.activities;

/** How far an activity has come. */
enum Status {
    PLANNED,
    IN_PROGRESS,
    DONE,
    CANCELLED
}
