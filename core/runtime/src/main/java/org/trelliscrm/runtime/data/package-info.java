// SPDX-License-Identifier: Apache-2.0
/** Descriptions of record types, persistence units, migrations, ids: what stands between records and the database. */
@NullMarked
package org.trelliscrm.runtime.data;

import org.jspecify.annotations.NullMarked;
