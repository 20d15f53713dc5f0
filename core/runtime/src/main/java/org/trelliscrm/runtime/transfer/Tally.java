// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what became of the rows of one import: whatever is read is in exactly one of its sums. */
final class Tally {

    private final Map<String, Long> unused = new LinkedHashMap<>();
    private long created;
    private long updated;
    private long skipped;
    private long rejected;

    void created() {
        created++;
    }

    void updated() {
        updated++;
    }

    void skipped() {
        skipped++;
    }

    void rejected() {
        rejected++;
    }

    /** Values of a row that had no place in the record. */
    void unused(List<String> names) {
        names.forEach(name -> unused.merge(name, 1L, Long::sum));
    }

    boolean hasRejected() {
        return rejected > 0;
    }

    /** @param unusedName what the places without use are called in this format */
    Map<String, Object> json(String unusedName) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", created + updated + skipped + rejected);
        json.put("created", created);
        json.put("updated", updated);
        json.put("skipped", skipped);
        json.put("rejected", rejected);
        json.put(unusedName, unused);
        return json;
    }
}
