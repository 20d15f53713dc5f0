// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells from what is known of a contact in which country a phone number without country code may be. */
final class PhoneRegions {

    /** Languages that point to one country. */
    private static final Map<String, String> BY_LANGUAGE = Map.of(
            "cy", "GB", "fa", "IR", "fi", "FI", "hu", "HU", "is", "IS", "ja", "JP", "ko", "KR", "mn", "MN", "pl", "PL");

    private PhoneRegions() {}

    /** The regions, most likely first. */
    static List<String> of(
            List<PostalAddress> addresses, @Nullable String timeZone, @Nullable String language, String defaultRegion) {
        Optional<String> country = addresses.stream()
                .map(PostalAddress::country)
                .filter(Objects::nonNull)
                .findFirst()
                .filter(Countries::isCode);
        return Stream.of(country, ofZone(timeZone), ofLanguage(language), Countries.code(defaultRegion))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private static Optional<String> ofZone(@Nullable String timeZone) {
        return Optional.ofNullable(timeZone).map(Zones.COUNTRIES::getProperty);
    }

    private static Optional<String> ofLanguage(@Nullable String tag) {
        if (tag == null) {
            return Optional.empty();
        }
        Locale locale = Locale.forLanguageTag(tag);
        return locale.getCountry().isEmpty()
                ? Optional.ofNullable(BY_LANGUAGE.get(locale.getLanguage()))
                : Optional.of(locale.getCountry());
    }

    /** The countries of the IANA time zones. */
    private static final class Zones {

        static final Properties COUNTRIES = new Properties();

        static {
            try (InputStream in = PhoneRegions.class.getResourceAsStream("zones.properties")) {
                COUNTRIES.load(Objects.requireNonNull(in));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
