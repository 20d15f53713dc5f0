// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes links of what people write in the place of one. */
final class Links {

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+-]*):(?!\\d).*", Pattern.DOTALL);
    private static final Set<String> ALLOWED = Set.of("http", "https", "mailto", "tel");

    private Links() {}

    /** The link, with a scheme; empty if it is none that may be followed. */
    static Optional<String> of(String text) {
        String trimmed = text.strip().replace(" ", "%20");
        Matcher scheme = SCHEME.matcher(trimmed);
        boolean hasScheme = scheme.matches();
        if (hasScheme && !ALLOWED.contains(scheme.group(1).toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        // Not https: who leaves the scheme out may well mean a site that has no certificate; the others redirect.
        String link = hasScheme ? trimmed : "http://" + trimmed;
        try {
            URI uri = new URI(link);
            return uri.isOpaque() || uri.getRawAuthority() != null ? Optional.of(link) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether it is the address of a page. */
    static boolean isWeb(String link) {
        return link.regionMatches(true, 0, "http://", 0, 7) || link.regionMatches(true, 0, "https://", 0, 8);
    }
}
