// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognises the many ways in which cards name accounts in social networks and messengers. */
final class Profiles {

    /** The properties that programs made up before there was {@code IMPP}, without {@code X-}. */
    private static final Set<String> SERVICES = Set.of(
            "AIM",
            "FACEBOOK",
            "GADUGADU",
            "GITHUB",
            "GOOGLE-TALK",
            "GROUPWISE",
            "ICQ",
            "INSTAGRAM",
            "JABBER",
            "LINE",
            "LINKEDIN",
            "MASTODON",
            "MATRIX",
            "MSN",
            "QQ",
            "SIGNAL",
            "SIP",
            "SKYPE",
            "SKYPE-USERNAME",
            "TELEGRAM",
            "TWITTER",
            "WECHAT",
            "WEIBO",
            "WHATSAPP",
            "XING",
            "YAHOO");

    private static final List<String> PLACES =
            List.of("home", "work", "pref", "personal", "business", "other", "internet");

    private Profiles() {}

    /** The profile, JSON-shaped; empty if the property is something else. */
    static Optional<Map<String, Object>> of(ContentLine line, String text) {
        return switch (line.name()) {
            case "IMPP" -> Optional.of(messenger(line, text));
            case "SOCIALPROFILE", "X-SOCIALPROFILE" -> Optional.of(social(line, text));
            case "X-MS-IMADDRESS" -> Optional.of(profile(null, text, null));
            default ->
                line.name().startsWith("X-") && SERVICES.contains(line.name().substring(2))
                        ? Optional.of(named(line.name().substring(2), text))
                        : Optional.empty();
        };
    }

    private static Map<String, Object> messenger(ContentLine line, String text) {
        int colon = text.indexOf(':');
        String scheme = colon > 0 && !Links.isWeb(text) ? text.substring(0, colon) : null;
        String service = line.parameter("X-SERVICE-TYPE");
        if (service == null) {
            service = line.parameter("SERVICE-TYPE");
        }
        if (service == null) {
            service = scheme;
        }
        return Links.isWeb(text)
                ? profile(service, null, text)
                : profile(
                        service,
                        scheme == null ? text : text.substring(colon + 1).replaceFirst("^//", ""),
                        null);
    }

    private static Map<String, Object> social(ContentLine line, String text) {
        String service = Optional.ofNullable(line.parameter("SERVICE-TYPE"))
                .or(() -> line.parameters().getOrDefault("TYPE", List.of()).stream()
                        .filter(type -> !PLACES.contains(type.toLowerCase(Locale.ROOT)))
                        .findFirst())
                .orElse(null);
        String user = Optional.ofNullable(line.parameter("X-USER")).orElse(line.parameter("USERNAME"));
        if (Links.isWeb(text)) {
            return profile(service, user, text);
        }
        // Apple: x-apple:anna
        return profile(service, user != null ? user : text.replaceFirst("^x-apple:", ""), null);
    }

    private static Map<String, Object> named(String service, String text) {
        String name = service.replace("-USERNAME", "").toLowerCase(Locale.ROOT);
        return Links.isWeb(text) ? profile(name, null, text) : profile(name, text, null);
    }

    private static Map<String, Object> profile(
            @Nullable String service, @Nullable String handle, @Nullable String url) {
        Map<String, Object> profile = new LinkedHashMap<>();
        if (service != null) {
            profile.put("service", service);
        }
        if (handle != null && !handle.isBlank()) {
            profile.put("handle", handle);
        }
        if (url != null) {
            profile.put("url", url);
        }
        return profile;
    }
}
