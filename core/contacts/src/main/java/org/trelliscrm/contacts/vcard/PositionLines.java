// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what a card says of positions in several properties: those of one group belong together, and without
 * groups the first organisation with the first title, the second with the second.
 */
final class PositionLines {

    private final Map<String, Map<String, Object>> positions = new LinkedHashMap<>();
    private int organizations;
    private int titles;
    private int roles;

    boolean organization(ContentLine line) {
        List<String> parts = line.parts();
        Map<String, Object> position = of(line.group(), organizations++);
        put(position, "organizationName", parts.get(0));
        put(
                position,
                "department",
                parts.stream().skip(1).filter(part -> !part.isEmpty()).collect(Collectors.joining(", ")));
        period(line, position);
        return true;
    }

    boolean title(ContentLine line) {
        Map<String, Object> position = of(line.group(), titles++);
        put(position, "title", line.text());
        period(line, position);
        return true;
    }

    boolean role(ContentLine line) {
        put(of(line.group(), roles++), "role", line.text());
        return true;
    }

    private Map<String, Object> of(@Nullable String group, int index) {
        String key = group != null ? group : "#" + index;
        return positions.computeIfAbsent(key, k -> new LinkedHashMap<>());
    }

    private static void period(ContentLine line, Map<String, Object> position) {
        put(position, "from", line.parameter(CardWriter.FROM));
        put(position, "to", line.parameter(CardWriter.TO));
    }

    private static void put(Map<String, Object> position, String field, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            position.put(field, value);
        }
    }

    boolean isNamed() {
        return positions.values().stream().anyMatch(position -> position.containsKey("organizationName"));
    }

    /** The card of a company names it in {@code ORG} too; it is no position of itself. */
    void takeOwnName(Map<String, Object> values) {
        for (Map<String, Object> position : positions.values()) {
            Object name = position.get("organizationName");
            if (name != null) {
                values.putIfAbsent("name", name);
                if (name.toString().equalsIgnoreCase(values.get("name").toString())) {
                    position.remove("organizationName");
                }
                return;
            }
        }
    }

    /** What is left over of roles has no place: a position has one title. */
    void writeTo(Map<String, Object> values, Set<String> unused) {
        List<Object> list = new ArrayList<>();
        for (Map<String, Object> position : positions.values()) {
            Object role = position.remove("role");
            if (role != null && !role.equals(position.getOrDefault("title", role))) {
                unused.add("ROLE");
            } else if (role != null) {
                position.put("title", role);
            }
            if (!position.isEmpty()) {
                list.add(position);
            }
        }
        if (!list.isEmpty()) {
            values.put("positions", list);
        }
    }
}
