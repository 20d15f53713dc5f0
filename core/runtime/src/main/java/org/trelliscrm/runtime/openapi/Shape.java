// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts JSON together in the order in which it is to be read. */
final class Shape {

    private Shape() {}

    /** An object of names and values, one after the other. */
    static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    static Map<String, Object> schema(String name) {
        return of("$ref", "#/components/schemas/" + name);
    }

    static Map<String, Object> parameter(String name) {
        return of("$ref", "#/components/parameters/" + name);
    }

    static Map<String, Object> json(Map<String, Object> schema) {
        return of("application/json", of("schema", schema));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object json) {
        return (Map<String, Object>) json;
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> objects(Object json) {
        return (List<Map<String, Object>>) json;
    }
}
