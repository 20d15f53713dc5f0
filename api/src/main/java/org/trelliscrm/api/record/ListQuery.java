// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param type the name of the record type
 * @param filter which records
 * @param sort by what, most significant first; the id is always added as the last
 * @param limit how many at most, 1 to 200
 * @param after the cursor of the page before, or {@code null} for the first
 * @param fields the fields to show; empty for all that a list shows by itself (every field outside lists)
 * @param expand the references to show with their titles instead of as bare ids
 * @param trash whether the trash is listed instead
 * @param count whether all fitting records are counted, which costs time
 */
public record ListQuery(
        String type,
        Filter filter,
        List<Sort> sort,
        int limit,
        @Nullable String after,
        List<String> fields,
        List<String> expand,
        boolean trash,
        boolean count) {

    /** The largest page. */
    public static final int MAX_LIMIT = 200;

    public ListQuery {
        sort = List.copyOf(sort);
        fields = List.copyOf(fields);
        expand = List.copyOf(expand);
    }

    /** The first page of what fits, in the order of creation, with all fields that a list shows. */
    public static ListQuery of(String type, Filter filter) {
        return new ListQuery(type, filter, List.of(), MAX_LIMIT, null, List.of(), List.of(), false, false);
    }

    /** The page after the cursor. */
    public ListQuery after(@Nullable String cursor) {
        return new ListQuery(type, filter, sort, limit, cursor, fields, expand, trash, count);
    }

    /** The same with these fields only. */
    public ListQuery fields(List<String> names) {
        return new ListQuery(type, filter, sort, limit, after, names, expand, trash, count);
    }

    /**
     * One key of the order.
     *
     * @param field the field, outside lists
     * @param descending whether the largest comes first
     */
    public record Sort(String field, boolean descending) {}
}
