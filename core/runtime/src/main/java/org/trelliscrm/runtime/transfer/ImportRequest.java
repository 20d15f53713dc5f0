// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to have imported, and how.
 *
 * @param type the record type
 * @param fileName what the file was called on the caller's machine; only its ending means anything
 * @param format the name of the format; empty if it shall be found out
 * @param mapping column header → path, or {@code null} for a column to leave out; the rest is guessed
 * @param key the field by which a row finds the record that it is about; empty if it never does; {@code null} for the usual
 * @param skipMatches whether a row that finds its record is left out instead of changing it
 * @param charset empty if it shall be found out
 * @param delimiter empty if it shall be found out
 */
record ImportRequest(
        String type,
        String fileName,
        String format,
        Map<String, @Nullable Object> mapping,
        @Nullable String key,
        boolean skipMatches,
        String charset,
        String delimiter) {

    /** The name under which the file lies in the job's folder. */
    static final String FILE = "upload";

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type);
        json.put("fileName", fileName);
        json.put("format", format);
        json.put("mapping", mapping);
        if (key != null) {
            json.put("key", key);
        }
        json.put("onMatch", skipMatches ? "skip" : "update");
        json.put("charset", charset);
        json.put("delimiter", delimiter);
        return json;
    }

    @SuppressWarnings("unchecked")
    static ImportRequest of(Map<String, Object> json) {
        return new ImportRequest(
                text(json, "type"),
                text(json, "fileName"),
                text(json, "format"),
                (Map<String, @Nullable Object>) Objects.requireNonNull(json.get("mapping")),
                (String) json.get("key"),
                text(json, "onMatch").equals("skip"),
                text(json, "charset"),
                text(json, "delimiter"));
    }

    private static String text(Map<String, Object> json, String name) {
        return (String) Objects.requireNonNull(json.get(name));
    }
}
