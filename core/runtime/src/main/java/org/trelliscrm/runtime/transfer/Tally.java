// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.trelliscrm.runtime.transfer.Importer.Verdict;

/** Counts what became of the rows of one import: whatever is read is in exactly one of its sums. */
final class Tally {

    private final Map<String, Long> unused = new LinkedHashMap<>();
    private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);

    void count(Verdict verdict) {
        verdicts.merge(verdict, 1L, Long::sum);
    }

    private long of(Verdict verdict) {
        return verdicts.getOrDefault(verdict, 0L);
    }

    /** Values of a row that had no place in the record. */
    void unused(List<String> names) {
        names.forEach(name -> unused.merge(name, 1L, Long::sum));
    }

    boolean hasRejected() {
        return of(Verdict.REJECTED) > 0;
    }

    /** @param unusedName what the places without use are called in this format */
    Map<String, Object> json(String unusedName) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", verdicts.values().stream().mapToLong(Long::longValue).sum());
        for (Verdict verdict : Verdict.values()) {
            json.put(verdict.name().toLowerCase(Locale.ROOT), of(verdict));
        }
        json.put(unusedName, unused);
        return json;
    }
}
