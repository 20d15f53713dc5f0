// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import com.github.mangstadt.vinnie.SyntaxStyle;
import com.github.mangstadt.vinnie.VObjectParameters;
import com.github.mangstadt.vinnie.io.VObjectPropertyValues;
import com.github.mangstadt.vinnie.io.VObjectWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes contacts as vCard 3.0: the version that phones, Outlook, iCloud and Google all read. 4.0 would name a few things
 * more, but Outlook and older phones refuse it. What 3.0 has no property for goes into Apple's, which most programs
 * know, or into our own, which others pass over.
 */
final class CardWriter {

    static final String FROM = "X-TRELLIS-FROM";
    static final String TO = "X-TRELLIS-TO";

    private final VObjectWriter out;
    private int groups;

    CardWriter(OutputStream out) {
        this.out = new VObjectWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), SyntaxStyle.NEW);
    }

    void flush() throws IOException {
        out.flush();
    }

    /** @param contact JSON-shaped */
    void write(Map<String, Object> contact) throws IOException {
        groups = 0;
        boolean isOrganization = "organization".equals(contact.get("kind"));
        out.writeBeginComponent("VCARD");
        out.writeVersion("3.0");
        text("FN", contact.get("name"));
        structured("N", contact, "familyName", "givenName", "middleName", "prefix", "suffix");
        text("NICKNAME", contact.get("nickname"));
        if (isOrganization) {
            text("X-ABShowAs", "COMPANY");
        }
        for (Map<?, ?> email : items(contact, "emails")) {
            Line line = new Line("EMAIL", "INTERNET").channel(email);
            line.write(escaped(email.get("address")));
        }
        for (Map<?, ?> phone : items(contact, "phones")) {
            new Line("TEL").channel(phone).write(escaped(phone.get("number")));
        }
        for (Map<?, ?> address : items(contact, "addresses")) {
            new Line("ADR").channel(address).write(address(address));
        }
        for (Map<?, ?> website : items(contact, "websites")) {
            new Line("URL").label(website.get("label")).write(Objects.toString(website.get("url"), ""));
        }
        for (Map<?, ?> profile : items(contact, "profiles")) {
            profile(profile);
        }
        positions(contact, isOrganization);
        text("BDAY", contact.get("birthday"));
        text("LANG", contact.get("language"));
        text("TZ", contact.get("timeZone"), "VALUE", "text");
        List<?> tags = list(contact, "tags");
        if (!tags.isEmpty()) {
            out.writeProperty("CATEGORIES", VObjectPropertyValues.writeList(tags));
        }
        text("NOTE", contact.get("notes"));
        text("X-TRELLIS-SOURCE", contact.get("source"));
        text("X-TRELLIS-LIFECYCLE", contact.get("lifecycle"));
        for (Map<?, ?> relation : items(contact, "relations")) {
            // Means something in this system only, so it is not read back.
            text("X-TRELLIS-RELATION", relation.get("contact"), "TYPE", relation.get("kind"));
        }
        out.writeEndComponent("VCARD");
    }

    private void positions(Map<String, Object> contact, boolean isOrganization) throws IOException {
        if (isOrganization) {
            text("ORG", contact.get("name"));
        }
        // Programs that know no groups still see the first one.
        boolean isGrouped = isOrganization;
        for (Map<?, ?> position : items(contact, "positions")) {
            String group = isGrouped ? nextGroup() : null;
            isGrouped = true;
            boolean hasPlace = position.get("organizationName") != null || position.get("department") != null;
            if (hasPlace) {
                List<String> place = Stream.of("organizationName", "department")
                        .map(field -> Objects.toString(position.get(field), ""))
                        .toList();
                new Line("ORG")
                        .in(group)
                        .period(position)
                        .write(VObjectPropertyValues.writeSemiStructured(place, false, false));
            }
            if (position.get("title") != null) {
                Line title = new Line("TITLE").in(group);
                (hasPlace ? title : title.period(position)).write(escaped(position.get("title")));
            }
        }
    }

    private void profile(Map<?, ?> profile) throws IOException {
        Line line = new Line("X-SOCIALPROFILE");
        line.parameter("TYPE", profile.get("service"));
        line.parameter("X-USER", profile.get("handle"));
        Object url = profile.get("url");
        line.write(url != null ? url.toString() : "x-apple:" + Objects.toString(profile.get("handle"), ""));
    }

    private static String address(Map<?, ?> address) {
        String country = Objects.toString(address.get("country"), "");
        // Phones show what stands here.
        String name = country.length() == 2 ? new Locale("", country).getDisplayCountry(Locale.ENGLISH) : country;
        List<List<String>> parts = new ArrayList<>();
        for (String field : List.of("poBox", "extended", "street", "city", "region", "postalCode")) {
            parts.add(List.of(Objects.toString(address.get(field), "")));
        }
        parts.add(List.of(name));
        return VObjectPropertyValues.writeStructured(parts, true);
    }

    private void structured(String property, Map<String, Object> contact, String... fields) throws IOException {
        List<List<String>> parts = Stream.of(fields)
                .map(field -> List.of(Objects.toString(contact.get(field), "")))
                .toList();
        out.writeProperty(property, VObjectPropertyValues.writeStructured(parts, true));
    }

    private void text(String property, @Nullable Object value, Object... parameter) throws IOException {
        if (value != null) {
            Line line = new Line(property);
            if (parameter.length > 0) {
                line.parameter((String) parameter[0], parameter[1]);
            }
            line.write(escaped(value));
        }
    }

    private static String escaped(@Nullable Object value) {
        return VObjectPropertyValues.escape(Objects.toString(value, ""));
    }

    private static List<?> list(Map<String, Object> contact, String field) {
        return contact.get(field) instanceof List<?> list ? list : List.of();
    }

    private static List<Map<?, ?>> items(Map<String, Object> contact, String field) {
        return list(contact, field).stream()
                .<Map<?, ?>>map(item -> (Map<?, ?>) item)
                .toList();
    }

    private String nextGroup() {
        return "item" + ++groups;
    }

    /** One property being put together. */
    private final class Line {

        private final String name;
        private final VObjectParameters parameters = new VObjectParameters();
        private @Nullable String group;
        private @Nullable String customLabel;

        Line(String name, String... types) {
            this.name = name;
            for (String type : types) {
                parameters.put("TYPE", type);
            }
        }

        Line channel(Map<?, ?> channel) {
            label(channel.get("label"));
            if (Boolean.TRUE.equals(channel.get("preferred"))) {
                parameters.put("TYPE", "PREF");
            }
            parameter("X-TRELLIS-STATE", channel.get("state"));
            return this;
        }

        Line label(@Nullable Object label) {
            if (label != null) {
                Optional<List<String>> types = TypeLabels.types(label.toString());
                types.ifPresent(all -> all.forEach(type -> parameters.put("TYPE", type)));
                if (types.isEmpty()) {
                    group = nextGroup();
                    customLabel = label.toString();
                }
            }
            return this;
        }

        Line in(@Nullable String newGroup) {
            group = newGroup;
            return this;
        }

        Line period(Map<?, ?> position) {
            parameter(FROM, position.get("from"));
            parameter(TO, position.get("to"));
            return this;
        }

        void parameter(String parameter, @Nullable Object value) {
            if (value != null) {
                // Version 3.0 knows no way to write these in a parameter.
                parameters.put(parameter, value.toString().replace('"', '\'').replaceAll("\\p{Cntrl}", " "));
            }
        }

        void write(String value) throws IOException {
            out.writeProperty(group, name, parameters, value);
            if (customLabel != null) {
                out.writeProperty(group, "X-ABLabel", new VObjectParameters(), escaped(customLabel));
            }
        }
    }
}
