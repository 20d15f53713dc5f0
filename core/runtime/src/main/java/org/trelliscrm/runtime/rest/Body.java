// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.data.Json;

/** Reads the JSON that a caller sends, no more of it than makes sense. */
public final class Body {

    /** A record with all its lists full stays far below. */
    private static final int MAX_BYTES = 1 << 20;

    private Body() {}

    /**
     * The object in the body; an empty body is an empty object.
     *
     * @throws Invalid if it is too large, no JSON, or no object
     */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(InputStream in) {
        try {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw Invalid.withStatus(413, "body.tooLarge", Map.of("max", MAX_BYTES));
            }
            if (bytes.length == 0) {
                return Map.of();
            }
            if (Json.read(bytes) instanceof Map<?, ?> map) {
                return (Map<String, Object>) map;
            }
            throw new Invalid("body.notAnObject", Map.of());
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new Invalid(
                    "body.notJson",
                    Map.of("line", at == null ? 1 : at.getLineNr(), "column", at == null ? 1 : at.getColumnNr()));
        } catch (IOException e) {
            throw new Invalid("body.unreadable", Map.of());
        }
    }
}
