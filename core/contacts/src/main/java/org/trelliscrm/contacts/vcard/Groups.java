// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Apple, and Google after it, say of a property in a second one of the same group: its label, an address's country. */
final class Groups {

    static final String LABEL = "X-ABLABEL";
    static final String COUNTRY = "X-ABADR";

    /** How Apple writes the labels that it can translate. */
    private static final Pattern APPLE_LABEL = Pattern.compile("_\\$!<(.*)>!\\$_");

    private final Map<String, String> labels = new HashMap<>();
    private final Map<String, String> countries = new HashMap<>();
    private final Set<String> labelled = new HashSet<>();

    Groups(List<ContentLine> lines) {
        for (ContentLine line : lines) {
            if (line.group() != null
                    && line.name().equals(LABEL)
                    && !line.value().isEmpty()) {
                Matcher apple = APPLE_LABEL.matcher(line.text());
                labels.put(line.group(), apple.matches() ? apple.group(1).toLowerCase(Locale.ROOT) : line.text());
            } else if (line.group() != null && line.name().equals(COUNTRY)) {
                countries.put(line.group(), line.text());
            }
        }
    }

    /** The label of a property, from its group or its types. */
    @Nullable
    String label(ContentLine line) {
        if (line.group() != null) {
            labelled.add(line.group());
        }
        return TypeLabels.label(line, line.group() == null ? null : labels.get(line.group()));
    }

    /** The country of an address that does not name it. */
    @Nullable
    String country(ContentLine line) {
        return line.group() == null ? null : countries.get(line.group());
    }

    /** Whether this is a label that no property has taken. */
    boolean isLeftOver(ContentLine line) {
        return line.name().equals(LABEL)
                && !line.value().isEmpty()
                && (line.group() == null || !labelled.contains(line.group()));
    }
}
