// SPDX-License-Identifier: Apache-2.0
/** Fields that tenants add to record types at run time: their definitions, their columns, and what is computed. */
@NullMarked
package org.trelliscrm.runtime.custom;

import org.jspecify.annotations.NullMarked;
