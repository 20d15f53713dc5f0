// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.activities;

/** Who called or wrote to whom, as seen from us. */
enum Direction {
    INCOMING,
    OUTGOING
}
