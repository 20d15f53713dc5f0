// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import java.util.Map;

/** One row of a table; rows of one table name the same columns. */
record Row(String table, Map<String, Object> columns) {}
