// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.trelliscrm.runtime.data.TypeInfo;

/**
 * What becomes of a column: the place that its values fill, and what is set besides where there is a value, for example the
 * label of a phone number that the header tells.
 */
record Target(RecordPath path, Map<RecordPath, String> constants) {

    /** The same without what the type has no place for. */
    Target fitting(TypeInfo type) {
        Map<RecordPath, String> fitting = new LinkedHashMap<>(constants);
        fitting.keySet().removeIf(place -> !place.isWritable(type));
        return new Target(path, fitting);
    }

    static Target of(RecordPath path) {
        return new Target(path, Map.of());
    }
}
