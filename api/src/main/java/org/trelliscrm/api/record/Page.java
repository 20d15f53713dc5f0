// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.record;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of records, JSON-shaped.
 *
 * @param items the records
 * @param next the cursor of the next page, {@code null} on the last
 * @param total how many there are in all, {@code null} if that was not asked
 */
public record Page(List<Map<String, Object>> items, @Nullable String next, @Nullable Long total) {}
