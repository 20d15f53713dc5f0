// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes the properties of one card apart: name, parameters, and the value, decoded. */
final class LineParser {

    private static final Pattern ANDROID_LABEL = Pattern.compile(
            "X-CUSTOM\\((?:CHARSET=([^,]*),)?(?:ENCODING=QUOTED-PRINTABLE,)?(.*)\\)", Pattern.CASE_INSENSITIVE);
    private static final List<String> ENCODINGS = List.of("QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT");
    private static final List<String> PLACES = List.of("URL", "URI", "INLINE", "CID", "CONTENT-ID");

    private final CardText text;
    private final Version version;

    LineParser(CardText text, Version version) {
        this.text = text;
        this.version = version;
    }

    /**
     * @param property unfolded
     * @return empty if there is no colon in it
     */
    Optional<ContentLine> parse(byte[] property) {
        int colon = colon(property);
        if (colon < 0) {
            return Optional.empty();
        }
        List<String> header = split(text.of(Arrays.copyOf(property, colon), Optional.empty()), ';');
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        header.stream().skip(1).forEach(part -> addParameter(parameters, part));
        String value = decoded(Arrays.copyOfRange(property, colon + 1, property.length), parameters);

        String fullName = header.get(0).strip();
        int dot = fullName.lastIndexOf('.');
        String group = dot < 0 ? null : fullName.substring(0, dot).toLowerCase(Locale.ROOT);
        String name = fullName.substring(dot + 1).toUpperCase(Locale.ROOT);
        return Optional.of(new ContentLine(group, name, parameters, version.canonical(name, value.strip())));
    }

    private String decoded(byte[] value, Map<String, List<String>> parameters) {
        Optional<Charset> charset = Charsets.named(first(parameters, "CHARSET"));
        return "QUOTED-PRINTABLE".equalsIgnoreCase(first(parameters, "ENCODING"))
                ? text.ofWrapped(QuotedPrintable.decode(value), charset)
                : text.of(value, charset);
    }

    private static int colon(byte[] property) {
        boolean isQuoted = false;
        int first = -1;
        for (int i = 0; i < property.length; i++) {
            if (property[i] == '"') {
                isQuoted = !isQuoted;
            } else if (property[i] == ':') {
                if (!isQuoted) {
                    return i;
                }
                first = first < 0 ? i : first;
            }
        }
        // A quotation mark that is never closed was none.
        return first;
    }

    private void addParameter(Map<String, List<String>> parameters, String part) {
        Matcher label = ANDROID_LABEL.matcher(part.strip());
        int equals = part.indexOf('=');
        if (label.matches()) {
            byte[] encoded = label.group(2).getBytes(StandardCharsets.ISO_8859_1);
            Charset charset = Charsets.named(label.group(1)).orElse(StandardCharsets.UTF_8);
            add(parameters, ContentLine.CUSTOM_LABEL, new String(QuotedPrintable.decode(encoded), charset));
        } else if (equals >= 0) {
            String name = part.substring(0, equals).strip().toUpperCase(Locale.ROOT);
            for (String value : split(part.substring(equals + 1), ',')) {
                add(parameters, name, version.parameter(value.strip().replace("\"", "")));
            }
        } else {
            String bare = part.strip();
            String capitals = bare.toUpperCase(Locale.ROOT);
            add(
                    parameters,
                    ENCODINGS.contains(capitals) ? "ENCODING" : PLACES.contains(capitals) ? "VALUE" : "TYPE",
                    bare);
        }
    }

    private static void add(Map<String, List<String>> parameters, String name, String value) {
        // Some write TYPE="work,voice" where TYPE=work,voice is meant.
        List<String> values = name.equals("TYPE") ? split(value, ',') : List.of(value);
        values.stream().filter(one -> !one.isBlank()).forEach(one -> parameters
                .computeIfAbsent(name, key -> new ArrayList<>())
                .add(one));
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean isQuoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                isQuoted = !isQuoted;
            } else if (text.charAt(i) == separator && !isQuoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static @Nullable String first(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.get(0);
    }
}
