// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.custom;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.data.CustomField;
import org.trelliscrm.runtime.data.CustomField.Choice;
import org.trelliscrm.runtime.data.CustomField.Kind;
import org.trelliscrm.runtime.data.SlotKind;
import org.trelliscrm.runtime.data.TypeInfo;

/** Reads what somebody wants a custom field to be, and tells all that is wrong with it at once. */
final class DefinitionInput {

    /** An x and a capital is what a field is called when a module takes its name. */
    private static final Pattern NAME = Pattern.compile("(?!x[A-Z])[a-z][A-Za-z0-9]{0,39}");

    /** What an answer says of a record besides its fields. */
    private static final Set<String> NO_NAMES = Set.of("id", "version", "result");

    private static final Pattern CHOICE = Pattern.compile("[a-z0-9][a-z0-9_]{0,59}");
    private static final int MAX_LABEL = 100;
    private static final int MAX_CHOICES = 200;
    private static final int MAX_FORMULA = 1000;

    /** Stay as they are for good: values, filters, rules and files depend on them. */
    private static final List<String> FIXED = List.of("type", "name", "kind", "result", "references");

    /** Told with a field but not settings of it. */
    private static final Set<String> TOLD =
            Set.of("id", "version", "type", "name", "label", "state", "createdAt", "changedAt");

    private static final Set<String> SETTINGS = Set.of(
            "kind",
            "result",
            "formula",
            "labels",
            "required",
            "searchable",
            "min",
            "max",
            "maxLength",
            "references",
            "choices");

    private static final Set<Kind> RESULTS =
            Set.of(Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.BOOLEAN, Kind.DATE, Kind.DATETIME);

    private final Set<String> types;
    private final Invalid.Collector problems = new Invalid.Collector();

    /** @param types the record types that a field may refer to */
    DefinitionInput(Set<String> types) {
        this.types = types;
    }

    /** A new field, not yet in any column. */
    CustomField create(TypeInfo type, long id, Map<String, Object> given) {
        String name = given.get("name") instanceof String text ? text : "";
        if (!NAME.matcher(name).matches() || NO_NAMES.contains(name)) {
            problems.add("name", "customField.badName");
        } else if (type.field(name) != null) {
            problems.add("name", "customField.nameTaken", Map.of("name", name, "type", type.name()));
        }
        CustomField field = read(id, name, given);
        problems.throwIfAny();
        return Objects.requireNonNull(field);
    }

    /** The field as it is after a change (RFC 7396), still in its columns. */
    CustomField change(Definition before, Map<String, Object> patch) {
        Map<String, @Nullable Object> shown = before.json(Locale.ENGLISH);
        for (String fixed : FIXED) {
            if (patch.containsKey(fixed) && !Objects.equals(patch.get(fixed), shown.get(fixed))) {
                problems.add(fixed, "customField.fixed");
            }
        }
        problems.throwIfAny();
        Map<String, @Nullable Object> after = new LinkedHashMap<>(before.settings());
        patch.forEach((name, value) -> {
            if (name.equals("labels") && value instanceof Map<?, ?> labels) {
                after.put(name, merged(before.field().labels(), labels));
            } else if (name.equals("choices") && value instanceof List<?> choices) {
                after.put(name, withRetired(before.field(), choices));
            } else {
                after.put(name, value);
            }
        });
        CustomField field = read(before.id(), before.field().name(), after);
        if (field != null) {
            // In a column that is indexed there is not more room.
            boolean indexed = before.field().slotKinds().contains(SlotKind.TEXT);
            if (indexed && field.maxLength() > SlotKind.INDEXED_TEXT) {
                problems.add("maxLength", "field.outOfRange", Map.of("min", 1, "max", SlotKind.INDEXED_TEXT));
            }
        }
        problems.throwIfAny();
        return Objects.requireNonNull(field).in(before.field().slots());
    }

    private static Map<String, @Nullable Object> merged(Map<String, String> before, Map<?, ?> patch) {
        Map<String, @Nullable Object> labels = new HashMap<>(before);
        patch.forEach((language, label) -> {
            if (label == null) {
                labels.remove(language);
            } else {
                labels.put((String) language, label);
            }
        });
        return labels;
    }

    /** A choice that is left out is retired: there may be records that have it. One without labels keeps those it had. */
    private static List<Object> withRetired(CustomField before, List<?> choices) {
        Map<Object, Choice> known = new LinkedHashMap<>();
        before.choices().forEach(choice -> known.put(choice.value(), choice));
        List<Object> all = new ArrayList<>();
        for (Object given : choices) {
            Object value = given instanceof Map<?, ?> map ? map.get("value") : given;
            Choice old = known.remove(value);
            boolean labelled = given instanceof Map<?, ?> map && map.containsKey("labels");
            boolean retired = given instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("retired"));
            all.add(old == null || labelled ? given : json(old, retired));
        }
        known.values().forEach(choice -> all.add(json(choice, true)));
        return all;
    }

    private static Map<String, Object> json(Choice choice, boolean retired) {
        return Map.of("value", choice.value(), "labels", choice.labels(), "retired", retired);
    }

    private @Nullable CustomField read(long id, String name, Map<String, @Nullable Object> given) {
        for (String setting : given.keySet()) {
            if (!SETTINGS.contains(setting) && !TOLD.contains(setting)) {
                problems.add(setting, "field.unknown");
            }
        }
        boolean computed = Definition.FORMULA.equals(given.get("kind"));
        Kind kind = computed ? kind(given, "result", RESULTS) : kind(given, "kind", Set.of(Kind.values()));
        if (kind == null) {
            return null;
        }
        boolean required = flag(given, "required");
        if (computed && required) {
            problems.add("required", "field.readOnly");
        }
        Long min = bound(given, "min", kind.isNumber() && !computed);
        Long max = bound(given, "max", kind.isNumber() && !computed);
        if (min != null && max != null && min > max) {
            problems.add("max", "field.outOfRange", Map.of("min", min, "max", Long.MAX_VALUE));
        }
        return new CustomField(
                id,
                name,
                kind,
                required,
                flag(given, "searchable"),
                min,
                max,
                maxLength(given, kind),
                references(given, kind),
                choices(given, kind),
                labels(given.get("labels"), "labels"),
                computed ? formula(given) : none(given, Definition.FORMULA, ""),
                false,
                List.of());
    }

    private @Nullable Kind kind(Map<String, @Nullable Object> given, String member, Set<Kind> allowed) {
        Optional<Kind> kind =
                given.get(member) instanceof String text ? Kind.of(text).filter(allowed::contains) : Optional.empty();
        if (kind.isEmpty()) {
            Stream<String> more = member.equals("kind") ? Stream.of(Definition.FORMULA) : Stream.empty();
            String choices = Stream.concat(
                            Stream.of(Kind.values()).filter(allowed::contains).map(Kind::text), more)
                    .collect(Collectors.joining(", "));
            problems.add(
                    member,
                    "field.notAChoice",
                    Map.of("value", String.valueOf(given.getOrDefault(member, "")), "choices", choices));
        }
        return kind.orElse(null);
    }

    private boolean flag(Map<String, @Nullable Object> given, String member) {
        Object value = given.get(member);
        if (value != null && !(value instanceof Boolean)) {
            problems.add(member, "field.notBoolean");
        }
        return Boolean.TRUE.equals(value);
    }

    private @Nullable Long bound(Map<String, @Nullable Object> given, String member, boolean allowed) {
        Object value = given.get(member);
        if (value == null) {
            return null;
        }
        if (!allowed) {
            problems.add(member, "customField.notForKind");
            return null;
        }
        try {
            if (value instanceof Number number) {
                return new BigDecimal(number.toString()).longValueExact();
            }
        } catch (ArithmeticException e) {
            // told below
        }
        problems.add(member, "field.notWhole");
        return null;
    }

    private int maxLength(Map<String, @Nullable Object> given, Kind kind) {
        Object value = given.get("maxLength");
        if (value == null) {
            return kind.usualLength();
        }
        if (kind.usualLength() == 0) {
            problems.add("maxLength", "customField.notForKind");
        } else if (!(value instanceof Integer length) || length < 1 || length > SlotKind.LONG_TEXT) {
            problems.add("maxLength", "field.outOfRange", Map.of("min", 1, "max", SlotKind.LONG_TEXT));
        } else {
            return length;
        }
        return kind.usualLength();
    }

    private String references(Map<String, @Nullable Object> given, Kind kind) {
        if (kind != Kind.REFERENCE) {
            return none(given, "references", "");
        }
        if (given.get("references") instanceof String type && types.contains(type)) {
            return type;
        }
        problems.add(
                "references",
                "field.notAChoice",
                Map.of(
                        "value",
                        String.valueOf(given.getOrDefault("references", "")),
                        "choices",
                        types.stream().sorted().collect(Collectors.joining(", "))));
        return "";
    }

    /** A member that means nothing for this kind of field. */
    private <T> T none(Map<String, @Nullable Object> given, String member, T nothing) {
        if (given.get(member) != null) {
            problems.add(member, "customField.notForKind");
        }
        return nothing;
    }

    private String formula(Map<String, @Nullable Object> given) {
        if (!(given.get(Definition.FORMULA) instanceof String text) || text.isBlank()) {
            problems.add(Definition.FORMULA, "field.required");
            return "";
        }
        if (text.length() > MAX_FORMULA) {
            problems.add(Definition.FORMULA, "field.tooLong", Map.of("max", MAX_FORMULA, "length", text.length()));
        }
        return text.strip();
    }

    private List<Choice> choices(Map<String, @Nullable Object> given, Kind kind) {
        if (!kind.isChoice()) {
            return none(given, "choices", List.of());
        }
        List<Choice> choices = new ArrayList<>();
        List<?> list = given.get("choices") instanceof List<?> values ? values : List.of();
        if (list.isEmpty()) {
            problems.add("choices", "field.required");
        } else if (list.size() > MAX_CHOICES) {
            problems.add("choices", "field.tooMany", Map.of("max", MAX_CHOICES, "count", list.size()));
        } else {
            for (int i = 0; i < list.size(); i++) {
                choice(list.get(i), "choices[" + i + "]", choices);
            }
        }
        return choices;
    }

    /** A choice is its value alone, or the value with labels. */
    private void choice(@Nullable Object json, String path, List<Choice> choices) {
        Map<?, ?> given =
                json instanceof String text ? Map.of("value", text) : json instanceof Map<?, ?> map ? map : Map.of();
        if (!(given.get("value") instanceof String value)
                || !CHOICE.matcher(value).matches()) {
            problems.add(path + ".value", "customField.badChoice");
        } else if (choices.stream().anyMatch(choice -> choice.value().equals(value))) {
            problems.add(path + ".value", "field.notUnique", Map.of("value", value));
        } else {
            for (Object member : given.keySet()) {
                if (!Set.of("value", "labels", "label", "retired").contains(member)) {
                    problems.add(path + "." + member, "field.unknown");
                }
            }
            choices.add(new Choice(
                    value, labels(given.get("labels"), path + ".labels"), Boolean.TRUE.equals(given.get("retired"))));
        }
    }

    private Map<String, String> labels(@Nullable Object json, String path) {
        Map<String, String> labels = new HashMap<>();
        if (json == null) {
            return labels;
        }
        if (!(json instanceof Map<?, ?> map)) {
            problems.add(path, "field.notAnItem");
            return labels;
        }
        map.forEach((language, label) -> {
            String place = path + "." + language;
            if (!isLanguage((String) language)) {
                problems.add(place, "field.notLanguage", Map.of("value", language));
            } else if (!(label instanceof String text) || text.isBlank()) {
                problems.add(place, "field.notText");
            } else if (text.length() > MAX_LABEL) {
                problems.add(place, "field.tooLong", Map.of("max", MAX_LABEL, "length", text.length()));
            } else if (text.indexOf('\0') >= 0) {
                problems.add(place, "field.badCharacter");
            } else {
                labels.put((String) language, text.strip());
            }
        });
        return labels;
    }

    private static boolean isLanguage(String tag) {
        try {
            return !new Locale.Builder()
                    .setLanguageTag(tag)
                    .build()
                    .getLanguage()
                    .isEmpty();
        } catch (IllformedLocaleException e) {
            return false;
        }
    }
}
