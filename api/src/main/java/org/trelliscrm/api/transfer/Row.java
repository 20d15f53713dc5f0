// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.transfer;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record as it stands in a file.
 *
 * @param number where it stands: the line (CSV) or the number of the card (vCard), from 1
 * @param values JSON-shaped as for {@code POST}, for example {@code {"name": …, "emails": [{"address": …}]}}
 * @param raw the text as it stood in the file, for the file of rejected rows
 * @param unused what the file says and the record has no place for, by its name in the file (column, property)
 * @param problem why the row cannot be used, as a code of the message catalogue ({@code problem.<code>}), or {@code null}
 */
public record Row(long number, Map<String, Object> values, String raw, List<String> unused, @Nullable String problem) {

    /** A row that was understood. */
    public static Row of(long number, Map<String, Object> values, String raw, List<String> unused) {
        return new Row(number, values, raw, unused, null);
    }

    /** A row that cannot be used. */
    public static Row rejected(long number, String raw, String problem) {
        return new Row(number, Map.of(), raw, List.of(), problem);
    }
}
