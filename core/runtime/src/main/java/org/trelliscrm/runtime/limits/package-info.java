// SPDX-License-Identifier: Apache-2.0
/** How many requests a key or a user may send. */
@NullMarked
package org.trelliscrm.runtime.limits;

import org.jspecify.annotations.NullMarked;
