// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The columns that one program writes, and where they belong; data of the module whose type it is. <code>{n}</code> in a header stands
 * for a number from 1, <code>[{n}]</code> in a path for that number less one.
 */
final class Preset {

    private static final String NUMBER = "{n}";

    private final String name;
    private final List<Column> columns;

    Preset(String name, Map<String, @Nullable Object> json) {
        this.name = name;
        columns = json.entrySet().stream()
                .map(entry -> Column.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    String name() {
        return name;
    }

    /** Whether the program is known to write such a column, even if there is no place for it. */
    boolean knows(String header) {
        return columns.stream().anyMatch(column -> column.matcher(header).matches());
    }

    /** Where the column of this header belongs. */
    Optional<Target> target(String header) {
        for (Column column : columns) {
            Matcher matcher = column.matcher(header);
            if (matcher.matches()) {
                return column.target(matcher.groupCount() == 0 ? 1 : Integer.parseInt(matcher.group(1)));
            }
        }
        return Optional.empty();
    }

    /** @param path the place, or {@code null} for a column that has none */
    private record Column(Pattern header, @Nullable String path, Map<String, String> constants) {

        static Column of(String header, @Nullable Object json) {
            if (json instanceof Map<?, ?> map) {
                Map<String, String> constants = new LinkedHashMap<>();
                if (map.get("set") instanceof Map<?, ?> set) {
                    set.forEach((path, value) -> constants.put((String) path, value.toString()));
                }
                return new Column(pattern(header), (String) map.get("path"), constants);
            }
            return new Column(pattern(header), (String) json, Map.of());
        }

        private static Pattern pattern(String header) {
            String normal = FieldLabels.normal(header);
            int at = normal.indexOf(NUMBER);
            return Pattern.compile(
                    at < 0
                            ? Pattern.quote(normal)
                            : Pattern.quote(normal.substring(0, at)) + "(1?[1-9]|10|20)"
                                    + Pattern.quote(normal.substring(at + NUMBER.length())));
        }

        Matcher matcher(String text) {
            return header.matcher(FieldLabels.normal(text));
        }

        Optional<Target> target(int number) {
            if (path == null) {
                return Optional.empty();
            }
            Map<RecordPath, String> set = new LinkedHashMap<>();
            constants.forEach((place, value) -> set.put(path(place, number), value));
            return Optional.of(new Target(path(Objects.requireNonNull(path), number), set));
        }

        private static RecordPath path(String template, int number) {
            return RecordPath.parse(template.replace(NUMBER, Integer.toString(number - 1)))
                    .orElseThrow(() -> new IllegalStateException("not a path: " + template));
        }
    }
}
