// SPDX-License-Identifier: Apache-2.0
/** Tells other systems of changes: from the change feed, under somebody's rights, signed, tried again. */
@NullMarked
package org.trelliscrm.runtime.webhooks;

import org.jspecify.annotations.NullMarked;
