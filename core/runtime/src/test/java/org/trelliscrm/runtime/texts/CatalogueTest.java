// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.texts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.lang.Character.UnicodeScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The runtime's own catalogues: complete in all languages, and a text for every problem that the engine can tell. */
class CatalogueTest {

    private static final Path CATALOGUES = Path.of("src/main/resources/CRM-INF/i18n");
    private static final List<Path> SOURCES = List.of(Path.of("../../api/src/main/java"), Path.of("src/main/java"));

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");
    private static final String CODE = "[a-z][A-Za-z]*\\.[a-z][A-Za-z]*";
    /** A text that could be a code. */
    private static final Pattern LITERAL = Pattern.compile("\"(" + CODE + ")\"");
    /** What makes a problem, up to the code that it is handed as first or, after a path or a status, as second argument. */
    private static final Pattern HANDED = Pattern.compile(
            "(?:(?:Invalid|NotFound|Conflict|FieldProblem|JobProblem|Problem)|\\.(?:field|withStatus|because|unknownCaller|add))"
                    + "\\((?:[^;\"()]*,)?\\s*\"(" + CODE + ")\"");

    @ParameterizedTest
    @ValueSource(strings = {"cy", "mn", "zh-TW", "fa"})
    void aLanguageHasTheSameKeysAsEnglish(String language) throws IOException {
        Map<String, String> translated = catalogue(language);

        assertThat(translated.keySet()).isEqualTo(catalogue("en").keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cy", "mn", "zh-TW", "fa"})
    void aTranslationHasThePlaceholdersOfTheEnglishText(String language) throws IOException {
        Map<String, String> english = catalogue("en");

        assertThat(catalogue(language))
                .allSatisfy((key, text) ->
                        assertThat(placeholders(text)).as(key).isEqualTo(placeholders(english.getOrDefault(key, ""))));
    }

    @ParameterizedTest
    @CsvSource({"cy, LATIN", "mn, CYRILLIC", "zh-TW, HAN", "fa, ARABIC"})
    void everyTextIsTranslated(String language, UnicodeScript script) throws IOException {
        Map<String, String> english = catalogue("en");

        assertThat(catalogue(language)).allSatisfy((key, text) -> {
            assertThat(text).as(key).isNotEqualTo(english.get(key));
            assertThat(text.codePoints().anyMatch(c -> UnicodeScript.of(c) == script))
                    .as(key + " is written in " + script)
                    .isTrue();
        });
    }

    @Test
    void everyCodeThatTheSourceUsesHasAText() throws IOException {
        Set<String> told = catalogue("en").keySet().stream()
                .filter(key -> key.startsWith("problem."))
                .map(key -> key.substring("problem.".length()))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> used = codes(areas(told));

        assertThat(used).hasSizeGreaterThan(80);
        assertThat(told).containsAll(used);
    }

    @Test
    void everyTextOfAProblemIsToldSomewhere() throws IOException {
        Set<String> told = catalogue("en").keySet().stream()
                .filter(key -> key.startsWith("problem.") && !key.startsWith("problem.http."))
                .map(key -> key.substring("problem.".length()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(codes(areas(told))).containsAll(told);
    }

    /** What stands before the dot in the known codes: a text with this beginning is a code wherever it stands. */
    private static Set<String> areas(Set<String> codes) {
        return codes.stream().map(code -> code.substring(0, code.indexOf('.'))).collect(Collectors.toSet());
    }

    private static Set<String> codes(Set<String> areas) throws IOException {
        Set<String> codes = new TreeSet<>();
        for (Path folder : SOURCES) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.filter(one -> one.toString().endsWith(".java")).toList()) {
                    String source = Files.readString(file);
                    matches(LITERAL, source)
                            .filter(code -> areas.contains(code.substring(0, code.indexOf('.'))))
                            .forEach(codes::add);
                    matches(HANDED, source).forEach(codes::add);
                }
            }
        }
        return codes;
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1));
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Map<String, String> catalogue(String language) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(CATALOGUES.resolve("messages_" + language + ".properties"))) {
            texts.load(reader);
        }
        Map<String, String> catalogue = new TreeMap<>();
        texts.forEach((key, text) -> catalogue.put((String) key, (String) text));
        return catalogue;
    }
}
