// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

    private static Properties texts(String locale) throws IOException {
        Properties texts = new Properties();
        try (InputStreamReader in = new InputStreamReader(
                Objects.requireNonNull(
                        Contact.class.getResourceAsStream("/CRM-INF/i18n/messages_" + locale + ".properties")),
                StandardCharsets.UTF_8)) {
            texts.load(in);
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "cy", "mn", "zh-TW", "fa"})
    void everyFieldAndChoiceHasItsWord(String locale) throws IOException {
        Set<String> keys = new TreeSet<>(Set.of("module.name", "module.description", "type.contact", "type.contact.plural"));
        addKeys(keys, "contact", Contact.class);

        assertThat(texts(locale).stringPropertyNames()).containsAll(keys);
    }

    private static void addKeys(Set<String> keys, String prefix, Class<?> owner) {
        for (Field field : owner.getDeclaredFields()) {
            org.trelliscrm.api.record.Field rules = field.getAnnotation(org.trelliscrm.api.record.Field.class);
            if (rules == null || rules.internal()) {
                continue;
            }
            String path = prefix + "." + field.getName();
            keys.add("field." + path);
            if (field.getType().isEnum()) {
                for (Object constant : field.getType().getEnumConstants()) {
                    keys.add("choice." + path + "." + constant.toString().toLowerCase(Locale.ROOT));
                }
            } else if (field.getType() == java.util.List.class && FieldValues.itemClass(field) != String.class) {
                addKeys(keys, path, FieldValues.itemClass(field));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cy", "mn", "zh-TW", "fa"})
    void everyLanguageSaysTheSame(String locale) throws IOException {
        Properties english = texts("en");
        Properties translated = texts(locale);

        assertThat(translated.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(translated.getProperty(key)).as(key).isNotBlank();
            assertThat(placeholders(translated.getProperty(key))).as(key).isEqualTo(placeholders(english.getProperty(key)));
        }
    }

    private static Set<String> placeholders(String text) {
        Set<String> names = new TreeSet<>();
        PLACEHOLDER.matcher(text).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    @Test
    void noLanguageKeptTheEnglishSentences() throws IOException {
        Properties english = texts("en");
        for (String locale : Set.of("cy", "mn", "zh-TW", "fa")) {
            Properties translated = texts(locale);
            assertThat(english.stringPropertyNames())
                    .filteredOn(key -> key.startsWith("problem."))
                    .noneMatch(key -> translated.getProperty(key).equals(english.getProperty(key)));
        }
    }
}
