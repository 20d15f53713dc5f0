// SPDX-License-Identifier: Apache-2.0
/** Formulas over the fields of a record: parsed and type-checked once, then only computed. */
@NullMarked
package org.trelliscrm.runtime.formula;

import org.jspecify.annotations.NullMarked;
