// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.texts;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * All texts of all bundles that serve, by language. A text that a language lacks is told in English; one that English lacks
 * is told by its key, so that nobody is left with nothing.
 */
@Component(service = Texts.class)
public class Texts {

    /** The languages that every text exists in, the fallback first. */
    public static final List<Locale> LANGUAGES = List.of(
            Locale.ENGLISH,
            Locale.forLanguageTag("cy"),
            Locale.forLanguageTag("mn"),
            Locale.forLanguageTag("zh-TW"),
            Locale.forLanguageTag("fa"));

    private static final String FOLDER = "CRM-INF/i18n";
    private static final Pattern FILE = Pattern.compile(".*/messages_([A-Za-z-]+)\\.properties");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

    private final Map<Long, Map<String, Properties>> bundles = new ConcurrentHashMap<>();

    @Activate
    public Texts(BundleContext context) {
        add(context.getBundle());
    }

    /** Takes in the texts of a bundle. */
    public void add(Bundle bundle) {
        Map<String, Properties> languages = new HashMap<>();
        Enumeration<URL> files = bundle.findEntries(FOLDER, "messages_*.properties", false);
        for (URL file : files == null ? List.<URL>of() : Collections.list(files)) {
            Matcher name = FILE.matcher(file.getPath());
            if (name.matches()) {
                languages.put(name.group(1), load(file));
            }
        }
        bundles.put(bundle.getBundleId(), languages);
    }

    private static Properties load(URL file) {
        Properties texts = new Properties();
        try (Reader reader = new InputStreamReader(file.openStream(), StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /** Forgets the texts of a bundle. */
    public void remove(Bundle bundle) {
        bundles.remove(bundle.getBundleId());
    }

    /** The language of ours that fits best. */
    public static Locale closest(List<Locale.LanguageRange> wanted) {
        return wanted.stream()
                .filter(range -> range.getWeight() > 0)
                .flatMap(range -> closest(range).stream())
                .findFirst()
                .orElse(Locale.ENGLISH);
    }

    private static Optional<Locale> closest(Locale.LanguageRange range) {
        // Whoever reads Chinese of any kind reads the one that we have more easily than the next language on the list.
        String language = range.getRange().split("-")[0].equals("zh") ? "zh-tw" : range.getRange();
        return Optional.ofNullable(Locale.lookup(List.of(new Locale.LanguageRange(language)), LANGUAGES));
    }

    /** A text of the catalogue with its placeholders filled. */
    public String text(String key, Locale language, Map<String, ?> arguments) {
        String pattern = find(key, language).orElse(key);
        return PLACEHOLDER.matcher(pattern).replaceAll(placeholder -> {
            Object value = arguments.get(placeholder.group(1));
            return Matcher.quoteReplacement(value == null ? placeholder.group() : value.toString());
        });
    }

    /** A text without placeholders. */
    public String text(String key, Locale language) {
        return find(key, language).orElse(key);
    }

    /** A text, in English if the language lacks it. */
    public Optional<String> find(String key, Locale language) {
        return in(key, language.toLanguageTag())
                .or(() -> in(key, language.getLanguage()))
                .or(() -> in(key, "en"));
    }

    private Optional<String> in(String key, String language) {
        for (Map<String, Properties> bundle : bundles.values()) {
            Properties texts = bundle.get(language);
            String text = texts == null ? null : texts.getProperty(key);
            if (text != null) {
                return Optional.of(text);
            }
        }
        return Optional.empty();
    }
}
