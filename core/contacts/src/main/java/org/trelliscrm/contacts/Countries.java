// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Set;

/** Knows countries by their codes (ISO 3166) and by their names in the languages that addresses are often written in. */
final class Countries {

    private static final Set<String> CODES = Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

    private Countries() {}

    /** The alpha-2 code of a country; empty if nobody calls a country so. */
    static Optional<String> code(String typed) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String upper = text.toUpperCase(Locale.ROOT);
        if (CODES.contains(upper)) {
            return Optional.of(upper);
        }
        return Optional.ofNullable(Names.CODES_BY_NAME.get(NameKey.of(text)));
    }

    /** Whether this is a code already. */
    static boolean isCode(String text) {
        return CODES.contains(text);
    }

    /** Made when the first name is asked for: a file that writes codes never pays for it. */
    private static final class Names {

        private static final List<String> LANGUAGES = List.of(
                "en", "cy", "mn", "zh-TW", "zh-CN", "fa", "ar", "de", "es", "fr", "it", "ja", "ko", "pt", "ru", "tr");

        /** Names that people use and the Unicode tables do not. */
        private static final Map<String, String> OTHERS = Map.ofEntries(
                Map.entry("usa", "US"),
                Map.entry("u.s.a.", "US"),
                Map.entry("u.s.", "US"),
                Map.entry("united states of america", "US"),
                Map.entry("uk", "GB"),
                Map.entry("u.k.", "GB"),
                Map.entry("great britain", "GB"),
                Map.entry("england", "GB"),
                Map.entry("scotland", "GB"),
                Map.entry("wales", "GB"),
                Map.entry("northern ireland", "GB"),
                Map.entry("cymru", "GB"),
                Map.entry("y deyrnas unedig", "GB"),
                Map.entry("holland", "NL"),
                Map.entry("the netherlands", "NL"),
                Map.entry("czech republic", "CZ"),
                Map.entry("south korea", "KR"),
                Map.entry("korea", "KR"),
                Map.entry("republic of korea", "KR"),
                Map.entry("russian federation", "RU"),
                Map.entry("islamic republic of iran", "IR"),
                Map.entry("iran, islamic republic of", "IR"),
                Map.entry("جمهوری اسلامی ایران", "IR"),
                Map.entry("آمریکا", "US"),
                Map.entry("انگلستان", "GB"),
                Map.entry("монгол", "MN"),
                Map.entry("монгол улс", "MN"),
                Map.entry("臺灣", "TW"),
                Map.entry("台灣", "TW"),
                Map.entry("taiwan, r.o.c.", "TW"),
                Map.entry("taiwan (r.o.c.)", "TW"),
                Map.entry("中華民國", "TW"),
                Map.entry("turkey", "TR"),
                Map.entry("viet nam", "VN"),
                Map.entry("hong kong", "HK"),
                Map.entry("macau", "MO"),
                Map.entry("uae", "AE"),
                Map.entry("burma", "MM"),
                Map.entry("ivory coast", "CI"));

        static final Map<String, String> CODES_BY_NAME = byName();

        private static Map<String, String> byName() {
            Map<String, String> codes = new HashMap<>();
            OTHERS.forEach((name, code) -> codes.put(NameKey.of(name), code));
            for (String code : CODES) {
                Locale country = new Locale("", code);
                for (String language : LANGUAGES) {
                    codes.putIfAbsent(NameKey.of(country.getDisplayCountry(Locale.forLanguageTag(language))), code);
                }
                alpha3(country).ifPresent(three -> codes.putIfAbsent(NameKey.of(three), code));
            }
            return Map.copyOf(codes);
        }

        private static Optional<String> alpha3(Locale country) {
            try {
                return Optional.of(country.getISO3Country());
            } catch (MissingResourceException e) {
                return Optional.empty();
            }
        }
    }
}
