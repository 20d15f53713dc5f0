// SPDX-License-Identifier: Apache-2.0
/** Import and export of records: files as they are found in the world, in and out. */
@NullMarked
package org.trelliscrm.runtime.transfer;

import org.jspecify.annotations.NullMarked;
