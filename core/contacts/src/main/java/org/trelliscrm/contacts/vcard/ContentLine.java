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

/**
 * One property of a card.
 *
 * @param group what stands before the dot in {@code item1.EMAIL}, in lower case; {@code null} if nothing does
 * @param name in capitals
 * @param parameters by name in capitals; those that version 2.1 writes without a name stand under {@code TYPE}
 * @param value decoded, with the backslash escapes of RFC 6350 whatever version it was written in
 */
record ContentLine(@Nullable String group, String name, Map<String, List<String>> parameters, String value) {

    /** Under this name stands a label that Android writes into the parameter itself. */
    static final String CUSTOM_LABEL = "X-CUSTOM";

    private static final Pattern ANDROID_LABEL = Pattern.compile(
            "X-CUSTOM\\((?:CHARSET=([^,]*),)?(?:ENCODING=QUOTED-PRINTABLE,)?(.*)\\)", Pattern.CASE_INSENSITIVE);
    private static final List<String> ENCODINGS = List.of("QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT");
    private static final List<String> PLACES = List.of("URL", "URI", "INLINE", "CID", "CONTENT-ID");

    /**
     * @param property unfolded
     * @return empty if there is no colon in it
     */
    static Optional<ContentLine> parse(byte[] property, CardText text, Version version) {
        int colon = colon(property);
        if (colon < 0) {
            return Optional.empty();
        }
        String header = text.of(Arrays.copyOf(property, colon), Optional.empty());
        byte[] value = Arrays.copyOfRange(property, colon + 1, property.length);
        List<String> parts = split(header, ';');
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        parts.stream().skip(1).forEach(part -> addParameter(parameters, part, version));

        Optional<Charset> charset = Charsets.named(first(parameters, "CHARSET"));
        boolean isQuotedPrintable = "QUOTED-PRINTABLE".equalsIgnoreCase(first(parameters, "ENCODING"));
        String decoded =
                isQuotedPrintable ? text.ofWrapped(QuotedPrintable.decode(value), charset) : text.of(value, charset);
        String name = parts.get(0).strip();
        int dot = name.lastIndexOf('.');
        String group = dot < 0 ? null : name.substring(0, dot).toLowerCase(Locale.ROOT);
        name = name.substring(dot + 1).toUpperCase(Locale.ROOT);
        return Optional.of(new ContentLine(group, name, parameters, version.canonical(name, decoded.strip())));
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

    private static void addParameter(Map<String, List<String>> parameters, String part, Version version) {
        Matcher label = ANDROID_LABEL.matcher(part.strip());
        int equals = part.indexOf('=');
        if (label.matches()) {
            byte[] encoded = label.group(2).getBytes(StandardCharsets.ISO_8859_1);
            Charset charset = Charsets.named(label.group(1)).orElse(StandardCharsets.UTF_8);
            parameters.put(CUSTOM_LABEL, List.of(new String(QuotedPrintable.decode(encoded), charset)));
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
        if (!value.isBlank()) {
            // Some write TYPE="work,voice" where TYPE=work,voice is meant.
            List<String> values = name.equals("TYPE") ? List.of(value.split(",")) : List.of(value);
            parameters.computeIfAbsent(name, key -> new ArrayList<>()).addAll(values);
        }
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

    /** The first value of a parameter. */
    @Nullable
    String parameter(String parameter) {
        return first(parameters, parameter);
    }

    /** The values of {@code TYPE}, lower case. */
    List<String> types() {
        return parameters.getOrDefault("TYPE", List.of()).stream()
                .map(type -> type.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    boolean isBinary() {
        String encoding = parameter("ENCODING");
        return "BASE64".equalsIgnoreCase(encoding) || "B".equalsIgnoreCase(encoding);
    }
}
