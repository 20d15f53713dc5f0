// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.activities;

/** How much an activity matters beside others. */
enum Priority {
    LOW,
    NORMAL,
    HIGH
}
