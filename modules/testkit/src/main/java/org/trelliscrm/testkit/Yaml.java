// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads YAML as maps and lists; what is not there is empty. */
final class Yaml {

    private Yaml() {}

    static Map<String, Object> parse(String text) {
        return map(new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions())).load(text));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(@Nullable Object value) {
        return value == null ? List.of() : (List<Object>) value;
    }

    static String text(Map<String, Object> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : value.toString();
    }

    /** The columns of a change: {@code columns: [{column: {…}}, …]}. */
    static List<Map<String, Object>> columns(Map<String, Object> change) {
        return list(change.get("columns")).stream()
                .map(entry -> map(map(entry).get("column")))
                .toList();
    }
}
