// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.Json;

/**
 * Where a page ended: the values of the sort fields and the id of its last record. Opaque to callers; it fits only the order
 * that it was made in.
 *
 * @param order the order, as text
 * @param values the values of the sort fields, JSON-shaped
 * @param id the id of the last record
 */
record Cursor(String order, List<@Nullable Object> values, long id) {

    String text() {
        List<@Nullable Object> parts = new ArrayList<>();
        parts.add(order);
        parts.add(values);
        parts.add(Ids.toText(id));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(parts));
    }

    /**
     * Reads a cursor.
     *
     * @throws Invalid if it is none, or one of another order
     */
    @SuppressWarnings("unchecked")
    static Cursor of(String text, String order, int keys) {
        try {
            Object json = Json.read(Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.US_ASCII)));
            if (json instanceof List<?> parts
                    && parts.size() == 3
                    && order.equals(parts.get(0))
                    && parts.get(1) instanceof List<?> values
                    && values.size() == keys
                    && parts.get(2) instanceof String idText) {
                OptionalLong id = Ids.fromText(idText);
                if (id.isPresent()) {
                    return new Cursor(order, (List<@Nullable Object>) values, id.getAsLong());
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // told below: whatever is wrong with it, it is not one of ours
        }
        throw new Invalid("cursor.invalid", Map.of("order", order));
    }
}
