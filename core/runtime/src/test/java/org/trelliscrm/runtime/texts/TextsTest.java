// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.texts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

class TextsTest {

    private static final Locale PERSIAN = Locale.forLanguageTag("fa");
    private static final Locale TAIWANESE = Locale.forLanguageTag("zh-TW");

    @TempDir
    Path own;

    @TempDir
    Path other;

    private Texts texts;

    @BeforeEach
    void open() throws IOException {
        write(own, "en", "greeting=Hello {name}", "farewell=Goodbye");
        write(own, "fa", "greeting=سلام {name}");
        write(own, "zh-TW", "greeting={name}，您好");
        Bundle bundle = bundle(1, own);
        texts = new Texts(fake(BundleContext.class, bundle));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    zh                                    | zh-TW
                    zh-Hant                               | zh-TW
                    zh-TW                                 | zh-TW
                    zh-Hant-TW,zh;q=0.9,en;q=0.8          | zh-TW
                    zh-HK                                 | zh-TW
                    fa-IR                                 | fa
                    fa-IR,fa;q=0.9,en-US;q=0.8            | fa
                    cy-GB                                 | cy
                    mn-MN                                 | mn
                    en-GB,cy;q=0.9                        | en
                    de-DE,cy;q=0.5                        | cy
                    cy;q=0.2,mn;q=0.7                     | mn
                    fa;q=0,cy                             | cy
                    de                                    | en
                    *                                     | en
                    """)
    void theLanguageThatComesClosestIsTaken(String wanted, String expected) {
        Locale closest = Texts.closest(Locale.LanguageRange.parse(wanted));

        assertThat(closest.toLanguageTag()).isEqualTo(expected);
    }

    @Test
    void whoWantsNoLanguageGetsEnglish() {
        assertThat(Texts.closest(List.of())).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void aTextIsToldInTheAskedLanguageWithItsPlaceholdersFilled() {
        assertThat(texts.text("greeting", PERSIAN, Map.of("name", "Leila"))).isEqualTo("سلام Leila");
        assertThat(texts.text("greeting", TAIWANESE, Map.of("name", "美玲"))).isEqualTo("美玲，您好");
    }

    @Test
    void aTextThatALanguageLacksIsToldInEnglish() {
        assertThat(texts.text("farewell", PERSIAN)).isEqualTo("Goodbye");
        assertThat(texts.text("greeting", Locale.GERMAN, Map.of("name", "Uwe"))).isEqualTo("Hello Uwe");
    }

    @Test
    void theLanguageOfARegionIsEnough() {
        assertThat(texts.text("greeting", Locale.forLanguageTag("fa-IR"), Map.of("name", "Leila")))
                .isEqualTo("سلام Leila");
    }

    @Test
    void aTextThatNobodyHasIsToldByItsKey() {
        assertThat(texts.text("problem.unheard", PERSIAN)).isEqualTo("problem.unheard");
        assertThat(texts.find("problem.unheard", PERSIAN)).isEmpty();
    }

    @Test
    void aValueIsTakenAsItIsAndAPlaceholderWithoutValueStays() {
        assertThat(texts.text("greeting", Locale.ENGLISH, Map.of("name", "$1 \\ {name}")))
                .isEqualTo("Hello $1 \\ {name}");
        assertThat(texts.text("greeting", Locale.ENGLISH, Map.of())).isEqualTo("Hello {name}");
    }

    @Test
    void theTextsOfABundleComeAndGoWithIt() throws IOException {
        write(other, "en", "module.other.name=Other");
        Bundle module = bundle(2, other);

        texts.add(module);
        assertThat(texts.text("module.other.name", PERSIAN)).isEqualTo("Other");
        texts.remove(module);

        assertThat(texts.find("module.other.name", PERSIAN)).isEmpty();
        assertThat(texts.text("farewell", PERSIAN)).isEqualTo("Goodbye");
    }

    private static void write(Path folder, String language, String... lines) throws IOException {
        Files.write(folder.resolve("messages_" + language + ".properties"), List.of(lines));
    }

    private static Bundle bundle(long id, Path folder) throws IOException {
        List<URL> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            for (Path file : found) {
                files.add(file.toUri().toURL());
            }
        }
        return (Bundle) Proxy.newProxyInstance(
                TextsTest.class.getClassLoader(),
                new Class<?>[] {Bundle.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getBundleId" -> id;
                    case "findEntries" -> Collections.enumeration(files);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static <T> T fake(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answer));
    }
}
