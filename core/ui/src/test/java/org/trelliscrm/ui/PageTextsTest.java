// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTextsTest {

    private static final Path PAGE = PageBundle.ROOT.resolve("page");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");
    private static final Pattern QUOTED = Pattern.compile("['`]([a-z][A-Za-z]*\\.(?:[a-z][A-Za-z]*|\\$\\{\\w+}))['`]");

    @ParameterizedTest
    @ValueSource(strings = {"cy", "mn", "zh-TW", "fa"})
    void everyLanguageSaysTheSame(String language) throws IOException {
        Map<String, String> english = texts("en");

        Map<String, String> translated = texts(language);

        assertThat(translated.keySet()).isEqualTo(english.keySet());
        assertThat(translated).allSatisfy((key, text) -> {
            assertThat(text).as(key).isNotBlank().isNotEqualTo(english.get(key));
            assertThat(placeholders(text)).as(key).isEqualTo(placeholders(english.getOrDefault(key, "")));
        });
    }

    @Test
    void thePageAsksForTheTextsThatThereAre() throws IOException {
        Set<String> asked = askedFor();

        assertThat(texts("en").keySet()).allSatisfy(key -> assertThat(asked)
                .as("who asks for " + key)
                .matches(all -> all.contains(key) || all.contains(family(key))));
        assertThat(asked.stream().filter(key -> !key.contains("$")))
                .allSatisfy(key -> assertThat(texts("en")).containsKey(key));
    }

    /** A key whose last part is put in at run time, as {@code import.*}. */
    private static String family(String key) {
        return key.substring(0, key.indexOf('.')) + ".$";
    }

    private static Set<String> askedFor() throws IOException {
        Set<String> areas = texts("en").keySet().stream()
                .map(key -> key.substring(0, key.indexOf('.')))
                .collect(Collectors.toSet());
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.list(PAGE)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".js")).toList()) {
                QUOTED.matcher(Files.readString(file))
                        .results()
                        .map(match -> match.group(1))
                        .filter(key -> areas.contains(key.substring(0, key.indexOf('.'))))
                        .filter(key -> !key.endsWith(".js"))
                        .map(key -> key.contains("$") ? family(key) : key)
                        .forEach(keys::add);
            }
        }
        return keys;
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Map<String, String> texts(String language) throws IOException {
        return new ObjectMapper()
                .readValue(
                        PAGE.resolve("texts/" + language + ".json").toFile(),
                        new TypeReference<TreeMap<String, String>>() {});
    }
}
