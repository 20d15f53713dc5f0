// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.pipeline;

/** How a deal stands. */
enum DealState {
    OPEN,
    WON,
    LOST
}
