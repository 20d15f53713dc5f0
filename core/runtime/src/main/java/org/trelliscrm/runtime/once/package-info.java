// SPDX-License-Identifier: Apache-2.0
/** Requests that are sent again and done once: idempotency keys. */
@NullMarked
package org.trelliscrm.runtime.once;

import org.jspecify.annotations.NullMarked;
