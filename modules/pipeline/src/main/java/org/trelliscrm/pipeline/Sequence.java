// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.pipeline;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.RecordTransaction;

/** The order in which people see pipelines, and the stages of one; the older of two with the same place comes first. */
final class Sequence {

    /** More than anybody draws side by side. */
    private static final int LIMIT = 1000;

    private Sequence() {}

    static List<Pipeline> pipelines(RecordTransaction transaction) {
        return sorted(transaction.list(Pipeline.class, Filter.ALL, LIMIT), Pipeline::sortOrder);
    }

    static List<Stage> stages(RecordTransaction transaction, long pipeline) {
        return sorted(transaction.list(Stage.class, Filter.eq("pipeline", pipeline), LIMIT), Stage::sortOrder);
    }

    private static <T> List<T> sorted(List<T> records, Function<T, @Nullable Integer> place) {
        return records.stream()
                .sorted(Comparator.comparing(place, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }

    /** The place after the last. */
    static <T> int end(List<T> records, Function<T, @Nullable Integer> place) {
        return records.stream()
                        .map(place)
                        .filter(Objects::nonNull)
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(0)
                + 1;
    }
}
