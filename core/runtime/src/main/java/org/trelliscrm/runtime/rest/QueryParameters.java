// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.ws.rs.core.MultivaluedMap;
import javax.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.ListQuery;
import org.trelliscrm.api.record.ListQuery.Sort;
import org.trelliscrm.runtime.filter.FilterParser;

/** What stands behind the {@code ?} of an address; a parameter that means nothing is told, not ignored. */
public final class QueryParameters {

    private static final int DEFAULT_LIMIT = 20;
    /** Understood everywhere: the language of texts. */
    private static final String LANGUAGE = "lang";

    private final MultivaluedMap<String, String> parameters;

    public QueryParameters(UriInfo uri, Set<String> known) {
        parameters = uri.getQueryParameters();
        for (String name : parameters.keySet()) {
            if (!known.contains(name) && !name.equals(LANGUAGE)) {
                throw new Invalid(
                        "query.unknownParameter",
                        Map.of(
                                "parameter",
                                name,
                                "known",
                                String.join(", ", known.stream().sorted().toList())));
            }
        }
    }

    /** The parameters of a list. */
    static final Set<String> LIST = Set.of("filter", "sort", "limit", "after", "fields", "expand", "trash", "count");

    ListQuery list(String type) {
        return new ListQuery(
                type,
                FilterParser.parse(text("filter", "")),
                sort(),
                limit(),
                parameters.getFirst("after"),
                names("fields"),
                names("expand"),
                flag("trash"),
                flag("count"));
    }

    public @Nullable String text(String name) {
        return parameters.getFirst(name);
    }

    public String text(String name, String otherwise) {
        String value = parameters.getFirst(name);
        return value == null ? otherwise : value;
    }

    public List<String> names(String name) {
        return Arrays.stream(text(name, "").split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    public int limit() {
        String text = text("limit", Integer.toString(DEFAULT_LIMIT));
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= ListQuery.MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new Invalid("limit.outOfRange", Map.of("min", 1, "max", ListQuery.MAX_LIMIT));
    }

    public boolean flag(String name) {
        return switch (text(name, "false")) {
            case "true", "" -> true;
            case "false" -> false;
            default -> throw new Invalid("query.notBoolean", Map.of("parameter", name));
        };
    }

    private List<Sort> sort() {
        List<Sort> keys = new ArrayList<>();
        for (String name : names("sort")) {
            boolean descending = name.startsWith("-");
            keys.add(new Sort(descending ? name.substring(1) : name, descending));
        }
        return keys;
    }
}
