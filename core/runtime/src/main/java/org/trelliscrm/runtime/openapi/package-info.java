// SPDX-License-Identifier: Apache-2.0
/** Describes the API to programs, as it serves one caller at this moment. */
@NullMarked
package org.trelliscrm.runtime.openapi;

import org.jspecify.annotations.NullMarked;
