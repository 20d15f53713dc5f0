// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import com.github.mangstadt.vinnie.io.VObjectPropertyValues;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One property of a card, made by {@link LineParser}.
 *
 * @param group what stands before the dot in {@code item1.EMAIL}, in lower case; {@code null} if nothing does
 * @param name in capitals
 * @param parameters by name in capitals; those that version 2.1 writes without a name stand under {@code TYPE}
 * @param value decoded, with the backslash escapes of RFC 6350 whatever version it was written in
 */
record ContentLine(@Nullable String group, String name, Map<String, List<String>> parameters, String value) {

    /** Under this name stands a label that Android writes into the parameter itself. */
    static final String CUSTOM_LABEL = "X-CUSTOM";

    /** The first value of a parameter. */
    @Nullable
    String parameter(String parameter) {
        List<String> values = parameters.get(parameter);
        return values == null ? null : values.get(0);
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

    /** The value as one text. */
    String text() {
        return clean(VObjectPropertyValues.unescape(value));
    }

    /** The value as texts with commas between them. */
    List<String> list() {
        return VObjectPropertyValues.parseList(value).stream()
                .map(ContentLine::clean)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** The value as texts with semicolons between them. */
    List<String> parts() {
        return VObjectPropertyValues.parseSemiStructured(value).stream()
                .map(ContentLine::clean)
                .toList();
    }

    /** The value as parts with semicolons between them, each of which may be several; those come together again. */
    List<String> structure(String separator) {
        return VObjectPropertyValues.parseStructured(value).stream()
                .map(part -> String.join(
                        separator,
                        part.stream()
                                .map(ContentLine::clean)
                                .filter(text -> !text.isEmpty())
                                .toList()))
                .toList();
    }

    // The library writes line breaks as the system does.
    private static String clean(String text) {
        return text.replace(System.lineSeparator(), "\n").strip();
    }
}
