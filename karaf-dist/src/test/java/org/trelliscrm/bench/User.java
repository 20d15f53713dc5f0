// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.IntStream;
import org.trelliscrm.bench.Dataset.Kind;
import org.trelliscrm.bench.Dataset.Owner;

/**
 * Somebody in whose name is measured.
 *
 * @param title what is said of them in the table
 * @param owner to whom the records belong that they make; the records of its team are those that they reach, unless they
 *     reach all
 * @param reached the numbers of the contacts that they reach
 */
record User(String title, Rest rest, Owner owner, boolean reachesAll, int[] reached) {

    private static final int PAGE = 20;
    private static final int STEP = 200;
    private static final int FAR = 2_500;

    static User of(String title, Rest rest, Owner owner, boolean reachesAll, Dataset data) {
        int[] reached = IntStream.range(0, data.size(Kind.CONTACT))
                .filter(number -> reachesAll
                        || data.owner(data.random(Kind.CONTACT, number)).team() == owner.team())
                .toArray();
        return new User(title, rest, owner, reachesAll, reached);
    }

    /** A place in the list by name, as REST and as the database know it. */
    record Place(int page, String cursor, String name, long id) {}

    /** The end of the page before the far one: page 2,500, or the middle of a shorter list. */
    Place farPlace() throws IOException {
        int page = Math.max(2, Math.min(FAR, reached.length / PAGE / 2));
        int left = (page - 1) * PAGE;
        String cursor = null;
        JsonNode last = null;
        while (left > 0) {
            int limit = Math.min(left, STEP);
            JsonNode list = rest.get(
                    "/api/contacts?fields=name&sort=name&limit=" + limit + (cursor == null ? "" : "&after=" + cursor));
            cursor = list.get("next").asText();
            last = list.get("items").get(limit - 1);
            left -= limit;
        }
        return new Place(
                page,
                cursor,
                last.get("name").asText(),
                Ids.fromText(last.get("id").asText()));
    }
}
