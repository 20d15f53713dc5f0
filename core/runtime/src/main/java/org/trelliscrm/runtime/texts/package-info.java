// SPDX-License-Identifier: Apache-2.0
/** Texts in the caller's language. */
@NullMarked
package org.trelliscrm.runtime.texts;

import org.jspecify.annotations.NullMarked;
