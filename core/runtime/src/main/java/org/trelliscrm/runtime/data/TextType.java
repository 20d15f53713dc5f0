// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Field.Format;

/** Text, checked for its length and for what it says it is. Blank text counts as none. */
final class TextType extends ValueType<String> {

    private static final Set<String> LINK_SCHEMES = Set.of("http", "https", "mailto", "tel");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,255}");
    private static final Pattern BARE_HOST = Pattern.compile("[\\p{L}\\p{N}-]+(\\.[\\p{L}\\p{N}-]+)+([/?#].*)?");
    private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");

    private final int maxLength;
    private final Format format;

    TextType(int maxLength, Format format) {
        super(format == Format.PLAIN ? "text" : format.name().toLowerCase(Locale.ROOT));
        this.maxLength = maxLength;
        this.format = format;
    }

    int maxLength() {
        return maxLength;
    }

    @Override
    public @Nullable String fromJson(@Nullable Object json, String path, Invalid.Collector problems) {
        if (json == null) {
            return null;
        }
        if (!(json instanceof String text)) {
            problems.add(path, "field.notText");
            return null;
        }
        if (text.isBlank()) {
            return null;
        }
        String value = format == Format.MULTILINE ? text : text.strip();
        if (format == Format.URL && BARE_HOST.matcher(value).matches()) {
            // People and address books write www.example.com.
            value = "https://" + value;
        }
        if (value.length() > maxLength) {
            problems.add(path, "field.tooLong", Map.of("max", maxLength, "length", value.length()));
            return null;
        }
        if (!storable(value)) {
            problems.add(path, "field.badCharacter");
            return null;
        }
        String problem = problem(value);
        if (problem != null) {
            problems.add(path, problem, Map.of("value", value));
            return null;
        }
        return value;
    }

    /** PostgreSQL keeps neither NUL nor half a surrogate pair. */
    private static boolean storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private @Nullable String problem(String text) {
        return switch (format) {
            case PLAIN, MULTILINE, PHONE -> null;
            case EMAIL -> EMAIL.matcher(text).matches() ? null : "field.notEmail";
            case COLOR -> COLOR.matcher(text).matches() ? null : "field.notColor";
            case URL -> isLink(text) ? null : "field.notLink";
            case LANGUAGE -> isLanguage(text) ? null : "field.notLanguage";
            case TIME_ZONE -> ZoneId.getAvailableZoneIds().contains(text) ? null : "field.notTimeZone";
        };
    }

    // A link that runs script when somebody clicks it is the oldest hole of all: only these schemes pass.
    private static boolean isLink(String text) {
        try {
            String scheme = new URI(text.replace(" ", "%20")).getScheme();
            return scheme != null && LINK_SCHEMES.contains(scheme.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isLanguage(String text) {
        try {
            return !new Locale.Builder()
                    .setLanguageTag(text)
                    .build()
                    .getLanguage()
                    .isEmpty();
        } catch (IllformedLocaleException e) {
            return false;
        }
    }

    @Override
    public Object toJson(String value) {
        return value;
    }

    @Override
    public Object toDatabase(String value) {
        return value;
    }

    @Override
    public String fromDatabase(Object value) {
        return (String) value;
    }
}
