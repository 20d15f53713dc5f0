// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;

/**
 * Which passwords are too weak. Length counts, not a mixture of signs (NIST SP 800-63B, ASVS 2.1): whoever is told to mix
 * writes {@code Password1!}.
 */
final class PasswordRules {

    static final int MIN_LENGTH = 10;
    static final int MAX_LENGTH = 1024;

    /** The most common passwords of ten and more characters; the shorter ones are refused anyway. */
    private static final Set<String> COMMON = common();

    private PasswordRules() {}

    /**
     * Refuses a weak password.
     *
     * @param path how the one who sends it calls it
     * @param known what everybody knows about the user: login, address, name
     */
    static void check(String path, String password, @Nullable String... known) {
        int length = password.codePointCount(0, password.length());
        if (length < MIN_LENGTH) {
            throw Invalid.field(path, "access.passwordTooShort", Map.of("min", MIN_LENGTH));
        }
        if (password.length() > MAX_LENGTH) {
            throw Invalid.field(path, "access.passwordTooLong", Map.of("max", MAX_LENGTH));
        }
        String folded = Login.fold(password);
        if (COMMON.contains(folded) || isRow(folded)) {
            throw Invalid.field(path, "access.passwordCommon", Map.of());
        }
        if (isKnown(folded, known)) {
            throw Invalid.field(path, "access.passwordIsName", Map.of());
        }
    }

    /** One character again and again, or characters in a row: {@code aaaaaaaaaa}, {@code abcdefghij}, {@code 9876543210}. */
    private static boolean isRow(String text) {
        if (text.length() < 2) {
            return true;
        }
        int step = text.charAt(1) - text.charAt(0);
        if (Math.abs(step) > 1) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) - text.charAt(i - 1) != step) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKnown(String folded, @Nullable String... known) {
        return Stream.of(known)
                .filter(Objects::nonNull)
                .map(Login::fold)
                .anyMatch(name -> folded.equals(name) || folded.equals(name.replaceAll("@.*", "")));
    }

    private static Set<String> common() {
        try (InputStream in = PasswordRules.class.getResourceAsStream("common-passwords.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
