// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.data.Json;

/** Reads the JSON that a caller sends, no more of it than makes sense. */
public final class Body {

    /** A record with all its lists full stays far below. */
    private static final int MAX_BYTES = 1 << 20;

    private static final Set<String> JSON_TYPES = Set.of("application/json", "application/merge-patch+json");

    private Body() {}

    /** As {@link #object}, of a body that says it is JSON. */
    static Map<String, Object> json(@Nullable String contentType, InputStream body) {
        String mediaType = contentType == null ? "" : contentType.split(";")[0].strip();
        if (!JSON_TYPES.contains(mediaType)) {
            throw Invalid.withStatus(
                    415,
                    "body.wrongType",
                    Map.of("given", mediaType, "allowed", String.join(", ", List.copyOf(JSON_TYPES))));
        }
        return object(body);
    }

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
