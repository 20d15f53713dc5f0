// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trelliscrm.api.transfer.Row;

/** Reads one card into the fields of a contact, and tells what it found no place for. */
final class CardReader {

    /** What says something about the file and nothing about the contact. */
    private static final Set<String> ABOUT_THE_FILE = Set.of("VERSION", "PRODID", "PROFILE");

    private static final Pattern DATE = Pattern.compile("(\\d{4})-?(\\d{2})-?(\\d{2})(?:T.*)?");
    /** Apple writes a birthday without year in the year 1604. */
    private static final int NO_YEAR = 1604;

    private static final List<String> STATES = List.of("ok", "invalid", "opted_out", "unverified");
    private static final List<String> NAME_PARTS = List.of("familyName", "givenName", "middleName", "prefix", "suffix");
    private static final List<String> ADDRESS_PARTS =
            List.of("poBox", "extended", "street", "city", "region", "postalCode", "country");

    private final List<ContentLine> lines;
    private final Groups groups;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Set<String> unused = new LinkedHashSet<>();
    private final PositionLines positions = new PositionLines();
    private final List<String> notes = new ArrayList<>();
    private boolean isGroup;

    private CardReader(List<ContentLine> lines) {
        this.lines = lines;
        groups = new Groups(lines);
    }

    static Row read(RawCard card) {
        CardText text = card.text();
        String raw = text.of(card.bytes(), Optional.empty());
        String problem = card.problem();
        if (problem != null) {
            return Row.rejected(card.number(), raw, problem);
        }
        Set<String> unreadable = new LinkedHashSet<>();
        CardReader reader = new CardReader(lines(card, text, unreadable));
        reader.read();
        if (reader.isGroup) {
            return Row.rejected(card.number(), raw, "contacts.vcard.group");
        } else if (!reader.isNamed()) {
            return Row.rejected(card.number(), raw, "contacts.vcard.noName");
        }
        reader.unused.addAll(unreadable);
        return Row.of(card.number(), reader.values, raw, List.copyOf(reader.unused));
    }

    private static List<ContentLine> lines(RawCard card, CardText text, Set<String> unreadable) {
        Version version = Version.of(card.inner());
        LineParser parser = new LineParser(text, version);
        List<ContentLine> lines = new ArrayList<>();
        for (byte[] property : Unfolding.unfold(card.inner(), version.isOld())) {
            parser.parse(property)
                    .ifPresentOrElse(lines::add, () -> unreadable.add(beginning(text.of(property, Optional.empty()))));
        }
        return lines;
    }

    private static String beginning(String text) {
        return text.substring(0, Math.min(40, text.length()));
    }

    private void read() {
        lines.stream()
                .filter(line -> !line.value().isEmpty() || line.name().equals("AGENT"))
                .filter(line -> line.isBinary() || !read(line))
                .forEach(line -> unused.add(line.name()));
        if (!notes.isEmpty()) {
            values.put("notes", String.join("\n\n", notes));
        }
        if ("organization".equals(values.get("kind"))) {
            positions.takeOwnName(values);
        }
        positions.writeTo(values, unused);
        boolean hasAddress = values.containsKey("addresses");
        lines.stream()
                .filter(line -> groups.isLeftOver(line) || line.name().equals("LABEL") && !hasAddress)
                .forEach(line -> unused.add(line.name()));
    }

    /** Whether there was a place for the property. */
    private boolean read(ContentLine line) {
        return switch (line.name()) {
            case "FN" -> put("name", line.text());
            case "N" -> name(line);
            case "NICKNAME" -> put("nickname", String.join(", ", line.list()));
            case "KIND", "X-ADDRESSBOOKSERVER-KIND", "X-ABSHOWAS" -> kind(line.text());
            case "EMAIL" -> email(line);
            case "TEL" -> phone(line);
            case "ADR" -> address(line);
            case "URL" -> website(line);
            case "ORG" -> positions.organization(line);
            case "TITLE" -> positions.title(line);
            case "ROLE" -> positions.role(line);
            case "BDAY" -> birthday(line.text());
            case "NOTE" -> notes.add(line.text());
            case "CATEGORIES" -> items("tags").addAll(line.list());
            case "LANG" -> language(line.text());
            case "TZ" -> ZoneId.getAvailableZoneIds().contains(line.text()) && put("timeZone", line.text());
            case "X-ANDROID-CUSTOM" -> android(line);
            case "X-TRELLIS-SOURCE" -> put("source", line.text());
            case "X-TRELLIS-LIFECYCLE" -> put("lifecycle", line.text());
            // read with the property of their group; a second form of ADR
            case Groups.LABEL, Groups.COUNTRY, "LABEL" -> true;
            default -> ABOUT_THE_FILE.contains(line.name()) || profile(line);
        };
    }

    /** Whether there is anything of which the contact's rules make a name. */
    private boolean isNamed() {
        boolean isNamed = Stream.of("name", "givenName", "middleName", "familyName", "emails", "phones")
                .anyMatch(values::containsKey);
        Object nickname = values.get("nickname");
        return isNamed || positions.isNamed() || nickname != null && put("name", (String) nickname);
    }

    private boolean name(ContentLine line) {
        boolean isFirst = NAME_PARTS.stream().noneMatch(values::containsKey);
        if (isFirst) {
            List<String> parts = line.structure(" ");
            for (int i = 0; i < Math.min(NAME_PARTS.size(), parts.size()); i++) {
                // Several first names are one name, several titles behind it are a list.
                boolean isSuffix = i == NAME_PARTS.indexOf("suffix");
                put(NAME_PARTS.get(i), isSuffix ? line.structure(", ").get(i) : parts.get(i));
            }
        }
        return isFirst;
    }

    private boolean kind(String kind) {
        switch (kind.toLowerCase(Locale.ROOT)) {
            case "group" -> isGroup = true;
            case "individual" -> put("kind", "individual");
            case "org", "organization", "company" -> values.put("kind", "organization");
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean email(ContentLine line) {
        Map<String, Object> email = channel(line);
        email.put("address", without("mailto:", line.text()));
        return items("emails").add(email);
    }

    private boolean phone(ContentLine line) {
        String text = line.text();
        String number = without("tel:", text);
        if (number.length() < text.length()) {
            // RFC 3966: a link carries parameters, of which only the extension is dialled.
            number = number.replaceFirst("(?i);ext=", " ext. ").replaceFirst(";.*", "");
        }
        Map<String, Object> phone = channel(line);
        phone.put("number", number);
        return items("phones").add(phone);
    }

    private boolean address(ContentLine line) {
        List<String> parts = line.structure(", ");
        Map<String, Object> place = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(ADDRESS_PARTS.size(), parts.size()); i++) {
            if (!parts.get(i).isEmpty()) {
                place.put(ADDRESS_PARTS.get(i), parts.get(i));
            }
        }
        String label = line.parameter("LABEL");
        if (place.isEmpty() && label != null) {
            place.put("street", label);
        }
        if (place.isEmpty()) {
            return true;
        }
        String country = groups.country(line);
        if (country != null) {
            place.putIfAbsent("country", country);
        }
        Map<String, Object> address = channel(line);
        address.remove("state");
        address.putAll(place);
        return items("addresses").add(address);
    }

    private boolean website(ContentLine line) {
        Optional<String> link = Links.of(line.text());
        link.ifPresent(url -> {
            Map<String, Object> website = new LinkedHashMap<>();
            website.put("url", url);
            putLabel(website, line);
            items("websites").add(website);
        });
        return link.isPresent();
    }

    private boolean profile(ContentLine line) {
        Optional<Map<String, Object>> profile = Profiles.of(line, line.text());
        profile.ifPresent(found -> items("profiles").add(found));
        return profile.isPresent();
    }

    private boolean birthday(String text) {
        Matcher date = DATE.matcher(text);
        if (!date.matches() || Integer.parseInt(date.group(1)) == NO_YEAR) {
            return false;
        }
        try {
            LocalDate birthday = LocalDate.parse(date.group(1) + "-" + date.group(2) + "-" + date.group(3));
            return put("birthday", birthday.toString());
        } catch (DateTimeException e) {
            return false;
        }
    }

    private boolean language(String tag) {
        try {
            new Locale.Builder().setLanguageTag(tag).build();
            return put("language", tag);
        } catch (IllformedLocaleException e) {
            return false;
        }
    }

    // Android 2.1: vnd.android.cursor.item/nickname;Bob;1;;;
    private boolean android(ContentLine line) {
        List<String> parts = line.parts();
        return parts.size() > 1 && parts.get(0).endsWith("/nickname") && put("nickname", parts.get(1));
    }

    /** What e-mail addresses, phones and postal addresses have in common. */
    private Map<String, Object> channel(ContentLine line) {
        Map<String, Object> channel = new LinkedHashMap<>();
        putLabel(channel, line);
        if (TypeLabels.isPreferred(line)) {
            channel.put("preferred", true);
        }
        String state = line.parameter("X-TRELLIS-STATE");
        if (state != null && STATES.contains(state)) {
            channel.put("state", state);
        }
        return channel;
    }

    private void putLabel(Map<String, Object> item, ContentLine line) {
        String label = groups.label(line);
        if (label != null) {
            item.put("label", label);
        }
    }

    /** Keeps the first value of a field; the next has no place any more, unless it is the same. */
    private boolean put(String field, String value) {
        String oneLine =
                value.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
        Object before = oneLine.isEmpty() ? null : values.putIfAbsent(field, oneLine);
        return before == null || before.equals(oneLine);
    }

    @SuppressWarnings("unchecked")
    private List<Object> items(String field) {
        return (List<Object>) values.computeIfAbsent(field, key -> new ArrayList<>());
    }

    private static String without(String scheme, String text) {
        return text.regionMatches(true, 0, scheme, 0, scheme.length()) ? text.substring(scheme.length()) : text;
    }
}
