// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.trelliscrm.runtime.data.CustomField;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.texts.Texts;

/** What the fields of one type and their choices are called, in all languages, so that headers and cells may use these words. */
final class FieldLabels {

    private final Map<String, RecordPath> paths = new HashMap<>();
    private final Map<FieldInfo, Map<String, String>> choices = new HashMap<>();

    /** @param texts finds a text of the catalogue in a language */
    FieldLabels(TypeInfo type, BiFunction<String, Locale, Optional<String>> texts) {
        for (FieldInfo field : type.fields()) {
            String key = type.name() + "." + field.name();
            RecordPath path = RecordPath.of(field.name());
            if (path.isWritable(type)) {
                if (field.custom() != null) {
                    field.custom().labels().values().forEach(label -> paths.putIfAbsent(normal(label), path));
                }
                for (Locale language : Texts.LANGUAGES) {
                    texts.apply("field." + key, language).ifPresent(label -> paths.putIfAbsent(normal(label), path));
                }
            }
            addChoices(field, key, texts);
            if (field.custom() != null) {
                addChoices(field, field.custom());
            }
            field.itemFields().values().forEach(item -> addChoices(item, key + "." + item.name(), texts));
        }
    }

    private void addChoices(FieldInfo field, String key, BiFunction<String, Locale, Optional<String>> texts) {
        for (String constant : field.choices()) {
            for (Locale language : Texts.LANGUAGES) {
                texts.apply("choice." + key + "." + constant, language)
                        .ifPresent(label -> choices.computeIfAbsent(field, any -> new HashMap<>())
                                .putIfAbsent(normal(label), constant));
            }
        }
    }

    private void addChoices(FieldInfo field, CustomField custom) {
        for (CustomField.Choice choice : custom.choices()) {
            choice.labels().values().forEach(label -> choices.computeIfAbsent(field, any -> new HashMap<>())
                    .putIfAbsent(normal(label), choice.value()));
        }
    }

    /** The field that is called so in some language. */
    Optional<RecordPath> path(String header) {
        return Optional.ofNullable(paths.get(normal(header)));
    }

    /** The choice that is called so in some language. */
    Optional<String> choice(FieldInfo field, String text) {
        return Optional.ofNullable(choices.getOrDefault(field, Map.of()).get(normal(text)));
    }

    /** Texts that people take for the same. */
    static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .strip()
                .replaceAll("\\s+", " ")
                // Persian is written with Arabic letters where a charset or a keyboard has no others.
                .replace('\u064a', '\u06cc')
                .replace('\u0649', '\u06cc')
                .replace('\u0643', '\u06a9')
                .replace("\u200c", "")
                .toLowerCase(Locale.ROOT);
    }
}
