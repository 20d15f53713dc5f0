// SPDX-License-Identifier: Apache-2.0
/** The record engine: access, hooks, transaction, change feed, in one place for all types. */
@NullMarked
package org.trelliscrm.runtime.records;

import org.jspecify.annotations.NullMarked;
