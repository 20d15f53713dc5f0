// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A module's texts in all languages, and what is wrong with them. */
final class Texts {

    /** The languages of the product, each with the script that a translation is written in. */
    static final Map<String, UnicodeScript> LANGUAGES = new LinkedHashMap<>();

    static {
        LANGUAGES.put("en", UnicodeScript.LATIN);
        LANGUAGES.put("cy", UnicodeScript.LATIN);
        LANGUAGES.put("mn", UnicodeScript.CYRILLIC);
        LANGUAGES.put("zh-TW", UnicodeScript.HAN);
        LANGUAGES.put("fa", UnicodeScript.ARABIC);
    }

    /** What is written the same everywhere. */
    private static final Set<String> INTERNATIONAL = Set.of(
            "API",
            "CSV",
            "HTTP",
            "HTTPS",
            "ID",
            "IP",
            "LDAP",
            "OAuth",
            "OK",
            "OpenID Connect",
            "PDF",
            "SMS",
            "TOTP",
            "Trellis CRM",
            "URL",
            "XLSX",
            "vCard");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");

    private final Map<String, Map<String, String>> catalogues = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** Takes the catalogue of one language; {@code null} if there is none. */
    void add(String language, @Nullable String properties) {
        String file = fileName(language);
        if (properties == null) {
            problems.add(file + " is missing");
            return;
        }
        Map<String, String> catalogue = new TreeMap<>();
        Properties parser = new Properties() {
            @Override
            public synchronized @Nullable Object put(Object key, Object value) {
                if (catalogue.put((String) key, (String) value) != null) {
                    problems.add(file + " has " + key + " twice");
                }
                return null;
            }
        };
        try {
            parser.load(new StringReader(properties));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        catalogues.put(language, catalogue);
    }

    static String fileName(String language) {
        return "messages_" + language + ".properties";
    }

    /**
     * Everything that is wrong, in words.
     *
     * @param expected the keys that the code asks for
     * @param optional keys that are right where they stand
     * @param ownPrefix keys that begin with it are the module's own affair
     * @param alike texts that are right although they are the same as in English
     */
    List<String> problems(Set<String> expected, Set<String> optional, String ownPrefix, Set<String> alike) {
        List<String> found = new ArrayList<>(problems);
        Map<String, String> english = catalogues.getOrDefault("en", Map.of());
        catalogues.forEach((language, catalogue) -> {
            Set<String> wanted = new TreeSet<>(expected);
            english.keySet().stream()
                    .filter(key -> key.startsWith(ownPrefix) || optional.contains(key))
                    .forEach(wanted::add);
            for (String key : wanted) {
                String text = catalogue.get(key);
                if (text == null || text.isBlank()) {
                    found.add(fileName(language) + " lacks " + key);
                } else {
                    check(language, key, text, english.getOrDefault(key, ""), alike, found);
                }
            }
            catalogue.keySet().stream()
                    .filter(key -> !wanted.contains(key))
                    .forEach(key -> found.add(fileName(language) + " has " + key + ", which nothing asks for"));
        });
        return found;
    }

    private static void check(
            String language, String key, String text, String english, Set<String> alike, List<String> found) {
        if (language.equals("en")) {
            return;
        }
        if (!placeholders(text).equals(placeholders(english))) {
            found.add(fileName(language) + ": " + key + " has other placeholders than in English: " + text);
        }
        boolean international = INTERNATIONAL.contains(text) || alike.contains(text);
        if (!international && hasLetters(english) && (text.equals(english) || !isIn(LANGUAGES.get(language), text))) {
            found.add(fileName(language) + ": " + key + " is not translated: " + text);
        }
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static boolean hasLetters(String text) {
        return text.codePoints().anyMatch(Character::isLetter);
    }

    private static boolean isIn(@Nullable UnicodeScript script, String text) {
        return text.codePoints().anyMatch(c -> UnicodeScript.of(c) == script);
    }
}
