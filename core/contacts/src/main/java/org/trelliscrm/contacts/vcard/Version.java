// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The versions of vCard, with the rules in which they differ. */
enum Version {
    V2_1,
    V3_0,
    V4_0;

    private static final Pattern LINE = Pattern.compile("VERSION\\s*(?:;[^:]*)?:\\s*(\\d).*", Pattern.CASE_INSENSITIVE);
    private static final Set<String> COMMA_LISTS = Set.of("CATEGORIES", "NICKNAME");
    private static final Pattern BARE_PARAMETER = Pattern.compile(
            "[\\w.-]+;(?:[^:]*;)?(HOME|WORK|CELL|PREF|VOICE|FAX|INTERNET|QUOTED-PRINTABLE|BASE64)[;:].*",
            Pattern.CASE_INSENSITIVE);

    /** What the card says, or what it looks like if it says nothing. */
    static Version of(List<byte[]> lines) {
        boolean looksOld = false;
        for (byte[] line : lines) {
            String text = new String(line, 0, Math.min(line.length, 200), StandardCharsets.ISO_8859_1);
            Matcher matcher = LINE.matcher(text);
            if (matcher.matches()) {
                return switch (matcher.group(1)) {
                    case "4" -> V4_0;
                    case "3" -> V3_0;
                    default -> V2_1;
                };
            }
            looksOld |= text.toUpperCase(Locale.ROOT).contains("ENCODING=QUOTED-PRINTABLE")
                    || BARE_PARAMETER.matcher(text).matches();
        }
        return looksOld ? V2_1 : V3_0;
    }

    boolean isOld() {
        return this == V2_1;
    }

    /**
     * The value with the escapes of RFC 6350. Version 2.1 escapes nothing but semicolons, so its other backslashes stand
     * for themselves, and so do its commas but in lists; in the later versions a backslash before anything but a few
     * characters does.
     */
    String canonical(String property, String value) {
        boolean isCommaText = this == V2_1 && !COMMA_LISTS.contains(property);
        StringBuilder canonical = new StringBuilder(value.length() + 16);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            char next = i + 1 < value.length() ? value.charAt(i + 1) : 0;
            if (c == '\\' && isEscaped(next)) {
                canonical.append(c).append(next);
                i++;
            } else if (c == '\\') {
                canonical.append("\\\\");
            } else if (c == ',' && isCommaText) {
                canonical.append("\\,");
            } else if (c == '\r' || c == '\n') {
                canonical.append("\\n");
                i += c == '\r' && next == '\n' ? 1 : 0;
            } else {
                canonical.append(c);
            }
        }
        return canonical.toString();
    }

    private boolean isEscaped(char c) {
        return switch (c) {
            case ';', ',', ':' -> true;
            case '\\', 'n', 'N', '"' -> this != V2_1;
            default -> false;
        };
    }

    /** A parameter's value; RFC 6868 brings line breaks and quotation marks into version 4.0. */
    String parameter(String value) {
        return this == V4_0 ? value.replace("^n", "\n").replace("^'", "\"").replace("^^", "^") : value;
    }
}
