// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.data.TypeInfo;

/**
 * What a module says about the files in which records of a type are found: {@code CRM-INF/import/<type>.json}.
 *
 * @param presets the programs whose columns are known
 * @param key the field by which a row finds the record that it is about; empty if nothing tells
 */
record Presets(List<Preset> presets, String key) {

    private static final Presets NONE = new Presets(List.of(), "");

    /** Read from the bundle that brings the type. */
    static Presets of(TypeInfo type) {
        try (InputStream file = type.javaClass().getResourceAsStream("/CRM-INF/import/" + type.name() + ".json")) {
            return file == null ? NONE : parse(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the mapping file of " + type.name() + " is broken", e);
        }
    }

    @SuppressWarnings("unchecked")
    static Presets parse(byte[] json) throws IOException {
        Map<String, Object> file = (Map<String, Object>) Objects.requireNonNull(Json.read(json));
        List<Preset> presets = new ArrayList<>();
        ((Map<String, Object>) file.getOrDefault("presets", Map.of()))
                .forEach((name, columns) -> presets.add(new Preset(name, (Map<String, @Nullable Object>) columns)));
        return new Presets(presets, (String) file.getOrDefault("key", ""));
    }

    /** The preset that knows most of the headers; the first of equals; empty if none knows any. */
    Optional<Preset> best(List<String> headers) {
        // max() keeps the last of equals, so the order is turned round.
        List<Preset> lastFirst = new ArrayList<>(presets);
        Collections.reverse(lastFirst);
        return lastFirst.stream()
                .filter(preset -> known(preset, headers) > 0)
                .max(Comparator.comparingLong(preset -> known(preset, headers)));
    }

    private static long known(Preset preset, List<String> headers) {
        return headers.stream().filter(preset::knows).count();
    }
}
