// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Translates between vCard's types of addresses and numbers ({@code TYPE=WORK,FAX}) and our labels ({@code work fax}). */
final class TypeLabels {

    /** The types that people care about, in the order of the words in a label; the others say how, not where. */
    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("work", "work");
        WORDS.put("home", "home");
        WORDS.put("other", "other");
        WORDS.put("main", "main");
        WORDS.put("cell", "mobile");
        WORDS.put("mobile", "mobile");
        WORDS.put("iphone", "iphone");
        WORDS.put("fax", "fax");
        WORDS.put("pager", "pager");
        WORDS.put("car", "car");
        WORDS.put("video", "video");
    }

    private TypeLabels() {}

    /** @param custom the label that stands beside the property, in {@code X-ABLabel} */
    static @Nullable String label(ContentLine line, @Nullable String custom) {
        String own = custom != null ? custom : line.parameter(ContentLine.CUSTOM_LABEL);
        if (own != null) {
            return own;
        }
        List<String> types = line.types();
        String label = WORDS.entrySet().stream()
                .filter(word -> types.contains(word.getKey()))
                .map(Map.Entry::getValue)
                .distinct()
                .collect(Collectors.joining(" "));
        if (!label.isEmpty()) {
            return label;
        }
        return types.stream()
                .filter(type -> type.startsWith("x-"))
                .map(type -> type.substring(2))
                .findFirst()
                .orElse(null);
    }

    static boolean isPreferred(ContentLine line) {
        return line.types().contains("pref") || "1".equals(line.parameter("PREF"));
    }

    /** The types that say the same as the label; empty if only the label itself does. */
    static Optional<List<String>> types(String label) {
        List<String> words = List.of(label.split(" "));
        List<String> types = WORDS.entrySet().stream()
                .filter(word ->
                        words.contains(word.getValue()) && !word.getKey().equals("mobile"))
                .map(word -> word.getKey().toUpperCase(java.util.Locale.ROOT))
                .toList();
        String readBack = WORDS.entrySet().stream()
                .filter(word -> types.contains(word.getKey().toUpperCase(java.util.Locale.ROOT)))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(" "));
        return readBack.equals(label) ? Optional.of(types) : Optional.empty();
    }
}
