// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import com.github.mangstadt.vinnie.io.VObjectPropertyValues;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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

    private static final Pattern APPLE_LABEL = Pattern.compile("_\\$!<(.*)>!\\$_");
    private static final List<String> STATES = List.of("ok", "invalid", "opted_out", "unverified");

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Set<String> unused = new LinkedHashSet<>();
    private final Map<String, String> labels = new HashMap<>();
    private final Map<String, String> countries = new HashMap<>();
    private final Set<String> labelled = new HashSet<>();
    private final PositionLines positions = new PositionLines();
    private final List<String> notes = new ArrayList<>();
    private boolean isGroup;

    private CardReader() {}

    static Row read(RawCard card) {
        CardText text = card.text();
        String raw = text.of(card.bytes(), Optional.empty());
        String problem = card.problem();
        if (problem != null) {
            return Row.rejected(card.number(), raw, problem);
        }
        CardReader reader = new CardReader();
        reader.readLines(card.inner(), text);
        if (reader.isGroup) {
            return Row.rejected(card.number(), raw, "contacts.vcard.group");
        } else if (!reader.isNamed()) {
            return Row.rejected(card.number(), raw, "contacts.vcard.noName");
        }
        return Row.of(card.number(), reader.values, raw, List.copyOf(reader.unused));
    }

    private void readLines(List<byte[]> bytes, CardText text) {
        Version version = Version.of(bytes);
        List<ContentLine> lines = new ArrayList<>();
        for (byte[] property : Unfolding.unfold(bytes, version.isOld())) {
            ContentLine.parse(property, text, version)
                    .ifPresentOrElse(lines::add, () -> unused.add(beginning(text.of(property, Optional.empty()))));
        }
        lines.forEach(this::noteGroup);
        lines.stream()
                .filter(line -> !line.value().isEmpty() || line.name().equals("AGENT"))
                .forEach(this::read);
        finish(lines);
    }

    private static String beginning(String text) {
        return text.substring(0, Math.min(40, text.length()));
    }

    private void noteGroup(ContentLine line) {
        if (line.group() != null && line.name().equals("X-ABLABEL")) {
            String label = text(line);
            Matcher apple = APPLE_LABEL.matcher(label);
            labels.put(line.group(), apple.matches() ? apple.group(1).toLowerCase(Locale.ROOT) : label);
        } else if (line.group() != null && line.name().equals("X-ABADR")) {
            countries.put(line.group(), text(line));
        }
    }

    private void read(ContentLine line) {
        if (line.isBinary()) {
            unused.add(line.name());
            return;
        }
        boolean isUsed =
                switch (line.name()) {
                    case "FN" -> put("name", text(line));
                    case "N" -> name(line);
                    case "NICKNAME" -> put("nickname", String.join(", ", list(line)));
                    case "KIND", "X-ADDRESSBOOKSERVER-KIND", "X-ABSHOWAS" -> kind(text(line));
                    case "EMAIL" -> email(line);
                    case "TEL" -> phone(line);
                    case "ADR" -> address(line);
                    case "URL" -> website(line);
                    case "ORG" -> positions.organization(line, parts(line));
                    case "TITLE" -> positions.title(line, text(line));
                    case "ROLE" -> positions.role(line, text(line));
                    case "BDAY" -> birthday(text(line));
                    case "NOTE" -> notes.add(text(line));
                    case "CATEGORIES" -> addAll("tags", list(line));
                    case "LANG" -> language(text(line));
                    case "TZ" -> ZoneId.getAvailableZoneIds().contains(text(line)) && put("timeZone", text(line));
                    case "X-ANDROID-CUSTOM" -> android(line);
                    case "X-TRELLIS-SOURCE" -> put("source", text(line));
                    case "X-TRELLIS-LIFECYCLE" -> put("lifecycle", text(line));
                    // read with the property of their group; a second form of ADR
                    case "X-ABLABEL", "X-ABADR", "LABEL" -> true;
                    default -> ABOUT_THE_FILE.contains(line.name()) || profile(line);
                };
        if (!isUsed) {
            unused.add(line.name());
        }
    }

    private void finish(List<ContentLine> lines) {
        if (!notes.isEmpty()) {
            values.put("notes", String.join("\n\n", notes));
        }
        if ("organization".equals(values.get("kind"))) {
            positions.takeOwnName(values);
        }
        positions.writeTo(values, unused);
        boolean hasAddress = values.containsKey("addresses");
        lines.stream()
                .filter(line -> line.name().equals("X-ABLABEL") && !labelled.contains(line.group())
                        || line.name().equals("LABEL") && !hasAddress)
                .forEach(line -> unused.add(line.name()));
    }

    /** The contact's hook makes a name of any of these. */
    private boolean isNamed() {
        if (Stream.of("name", "givenName", "middleName", "familyName", "emails", "phones")
                        .anyMatch(values::containsKey)
                || positions.isNamed()) {
            return true;
        }
        Object nickname = values.get("nickname");
        return nickname != null && put("name", (String) nickname);
    }

    private boolean name(ContentLine line) {
        List<List<String>> parts = VObjectPropertyValues.parseStructured(line.value());
        boolean isFirst = Stream.of("familyName", "givenName", "middleName", "prefix", "suffix")
                .noneMatch(values::containsKey);
        if (isFirst) {
            put("familyName", part(parts, 0, " "));
            put("givenName", part(parts, 1, " "));
            put("middleName", part(parts, 2, " "));
            put("prefix", part(parts, 3, " "));
            put("suffix", part(parts, 4, ", "));
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
        String address = without("mailto:", text(line));
        Map<String, Object> email = channel(line);
        email.put("address", address);
        return !address.isEmpty() && add("emails", email);
    }

    private boolean phone(ContentLine line) {
        String text = text(line);
        String number = without("tel:", text);
        if (number.length() < text.length()) {
            // RFC 3966: a link carries parameters, of which only the extension is dialled.
            number = number.replaceFirst("(?i);ext=", " ext. ").replaceFirst(";.*", "");
        }
        Map<String, Object> phone = channel(line);
        phone.put("number", number);
        return !number.isBlank() && add("phones", phone);
    }

    private boolean address(ContentLine line) {
        List<List<String>> parts = VObjectPropertyValues.parseStructured(line.value());
        Map<String, Object> address = channel(line);
        address.remove("state");
        int described = address.size();
        putPart(address, "poBox", parts, 0);
        putPart(address, "extended", parts, 1);
        putPart(address, "street", parts, 2);
        putPart(address, "city", parts, 3);
        putPart(address, "region", parts, 4);
        putPart(address, "postalCode", parts, 5);
        putPart(address, "country", parts, 6);
        if (address.size() == described && line.parameter("LABEL") != null) {
            address.put("street", line.parameter("LABEL"));
        }
        if (address.size() == described) {
            return true;
        }
        if (line.group() != null && countries.containsKey(line.group())) {
            address.putIfAbsent("country", countries.get(line.group()));
        }
        return add("addresses", address);
    }

    private static void putPart(Map<String, Object> address, String field, List<List<String>> parts, int index) {
        String part = part(parts, index, ", ");
        if (!part.isEmpty()) {
            address.put(field, part);
        }
    }

    private boolean website(ContentLine line) {
        Optional<String> link = Links.of(text(line));
        link.ifPresent(url -> {
            Map<String, Object> website = new LinkedHashMap<>();
            website.put("url", url);
            putLabel(website, line);
            add("websites", website);
        });
        return link.isPresent();
    }

    private boolean profile(ContentLine line) {
        Optional<Map<String, Object>> profile = Profiles.of(line, text(line));
        profile.ifPresent(found -> add("profiles", found));
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
        List<String> parts = parts(line);
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
        String group = line.group();
        String label = TypeLabels.label(line, group == null ? null : labels.get(group));
        if (group != null) {
            labelled.add(group);
        }
        if (label != null) {
            item.put("label", label);
        }
    }

    /** Keeps the first value of a field; the next has no place any more, unless it is the same. */
    private boolean put(String field, String value) {
        String text = value.strip().replaceAll("\\s*\n\\s*", " ");
        Object before = text.isEmpty() ? null : values.putIfAbsent(field, text);
        return before == null || before.equals(text);
    }

    private boolean add(String field, Map<String, Object> item) {
        return items(field).add(item);
    }

    private boolean addAll(String field, List<String> texts) {
        items(field).addAll(texts);
        return true;
    }

    @SuppressWarnings("unchecked")
    private List<Object> items(String field) {
        return (List<Object>) values.computeIfAbsent(field, key -> new ArrayList<>());
    }

    private static String text(ContentLine line) {
        return clean(VObjectPropertyValues.unescape(line.value()));
    }

    private static List<String> list(ContentLine line) {
        return VObjectPropertyValues.parseList(line.value()).stream()
                .map(CardReader::clean)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static List<String> parts(ContentLine line) {
        return VObjectPropertyValues.parseSemiStructured(line.value()).stream()
                .map(CardReader::clean)
                .toList();
    }

    private static String part(List<List<String>> parts, int index, String separator) {
        return index >= parts.size()
                ? ""
                : parts.get(index).stream()
                        .map(CardReader::clean)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(separator));
    }

    // The library writes line breaks as the system does.
    private static String clean(String text) {
        return text.replace(System.lineSeparator(), "\n").strip();
    }

    private static String without(String scheme, String text) {
        return text.regionMatches(true, 0, scheme, 0, scheme.length()) ? text.substring(scheme.length()) : text;
    }
}
