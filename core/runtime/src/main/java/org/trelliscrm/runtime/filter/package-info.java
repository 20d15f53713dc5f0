// SPDX-License-Identifier: Apache-2.0
/** The filter grammar and its way to SQL. */
@NullMarked
package org.trelliscrm.runtime.filter;

import org.jspecify.annotations.NullMarked;
