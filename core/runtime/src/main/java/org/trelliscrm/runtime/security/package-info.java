// SPDX-License-Identifier: Apache-2.0
/** Nobody gets past here unknown. */
@NullMarked
package org.trelliscrm.runtime.security;

import org.jspecify.annotations.NullMarked;
