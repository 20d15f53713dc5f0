// SPDX-License-Identifier: Apache-2.0
/** Looking back: change sets and their undo, the history of records, the walk along the audit chain. */
@NullMarked
package org.trelliscrm.runtime.history;

import org.jspecify.annotations.NullMarked;
