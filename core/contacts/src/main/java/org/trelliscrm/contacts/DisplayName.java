// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes one line out of the parts of a name. */
final class DisplayName {

    static final int MAX_LENGTH = 255;

    private DisplayName() {}

    /** The parts in the order of their script; {@code null} if there are none. */
    static @Nullable String of(@Nullable String given, @Nullable String middle, @Nullable String family) {
        String western = join(" ", given, middle, family);
        if (western.isEmpty()) {
            return null;
        }
        return cut(western.codePoints().allMatch(DisplayName::isEastAsian) ? join("", family, middle, given) : western);
    }

    // 王小明: the family's name comes first, and nothing stands between.
    private static boolean isEastAsian(int codePoint) {
        return Character.isWhitespace(codePoint)
                || switch (Character.UnicodeScript.of(codePoint)) {
                    case HAN, HANGUL, HIRAGANA, KATAKANA, BOPOMOFO -> true;
                    default -> false;
                };
    }

    private static String join(String separator, @Nullable String... parts) {
        return Stream.of(parts)
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(separator));
    }

    static String cut(String name) {
        if (name.length() <= MAX_LENGTH) {
            return name;
        }
        int end = Character.isHighSurrogate(name.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return name.substring(0, end);
    }
}
