// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.data.TypeInfo;

/**
 * Which column of a file fills which place of a record.
 *
 * @param preset the program that seems to have written the file; empty if none is recognised
 * @param targets by header; a column without one has no place
 */
record Mapping(String preset, Map<String, Target> targets) {

    /**
     * Guesses from the headers: what the caller says goes first, then the program that knows most of them, then the fields'
     * own names and what they are called in any language.
     *
     * @param chosen header → path, or {@code null} for a column that shall be left out
     * @throws Invalid if the caller names a column or a place that does not exist
     */
    static Mapping of(
            List<String> headers,
            TypeInfo type,
            Presets presets,
            FieldLabels labels,
            Map<String, @Nullable Object> chosen) {
        Optional<Preset> preset = presets.best(headers);
        Map<String, Target> targets = new LinkedHashMap<>();
        for (String header : headers) {
            preset.flatMap(known -> known.target(header))
                    .filter(target -> target.path().isWritable(type))
                    .map(target -> target.fitting(type))
                    .or(() -> preset.isPresent() && preset.get().knows(header)
                            ? Optional.empty()
                            : byName(header, type, labels))
                    .ifPresent(target -> targets.put(header, target));
        }
        chosen.forEach((header, path) -> {
            if (!headers.contains(header)) {
                throw new Invalid("import.unknownColumn", Map.of("column", header));
            }
            if (path == null) {
                targets.remove(header);
            } else {
                targets.put(header, Target.of(place(path.toString(), type)));
            }
        });
        return new Mapping(preset.map(Preset::name).orElse(""), targets);
    }

    private static Optional<Target> byName(String header, TypeInfo type, FieldLabels labels) {
        return RecordPath.parse(header.strip())
                .filter(path -> path.isWritable(type))
                .or(() -> labels.path(header))
                .map(Target::of);
    }

    private static RecordPath place(String path, TypeInfo type) {
        return RecordPath.parse(path)
                .filter(place -> place.isWritable(type))
                .orElseThrow(() -> new Invalid("import.unknownField", Map.of("field", path, "type", type.name())));
    }

    /** For people: header → path. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        targets.forEach((header, target) -> json.put(header, target.path().toString()));
        return json;
    }
}
