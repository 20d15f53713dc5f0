// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.custom;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.runtime.data.CustomField;
import org.trelliscrm.runtime.data.CustomField.Choice;
import org.trelliscrm.runtime.data.CustomField.Kind;
import org.trelliscrm.runtime.data.Ids;

/**
 * A custom field with its history: a row of the table {@code custom_field}.
 *
 * @param type the record type that has it
 * @param version counts its changes; the {@code ETag}
 */
record Definition(
        int tenant, String type, int version, State state, CustomField field, Instant createdAt, Instant changedAt) {

    static final String FORMULA = "formula";

    /** Where a field is between its creation and its end. */
    enum State {
        ACTIVE,
        /** Hidden; its values stay and come back with it. */
        DELETED,
        /** Its values are being removed; then it is gone. */
        PURGED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    long id() {
        return field.id();
    }

    /** The next version of it. */
    Definition next(CustomField changed, State newState, Instant at) {
        return new Definition(
                tenant, type, version + 1, newState, changed.deleted(newState != State.ACTIVE), createdAt, at);
    }

    /** What the row keeps beside its plain columns. */
    Map<String, @Nullable Object> settings() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", field.isFormula() ? FORMULA : field.kind().text());
        if (field.isFormula()) {
            json.put("result", field.kind().text());
            json.put(FORMULA, field.formula());
        }
        json.put("labels", new TreeMap<>(field.labels()));
        json.put("required", field.required());
        json.put("searchable", field.searchable());
        if (field.kind().isNumber()) {
            json.put("min", field.min());
            json.put("max", field.max());
        }
        if (field.maxLength() > 0) {
            json.put("maxLength", field.maxLength());
        }
        if (field.kind() == Kind.REFERENCE) {
            json.put("references", field.references());
        }
        if (field.kind().isChoice()) {
            json.put("choices", field.choices().stream().map(Definition::json).toList());
        }
        return json;
    }

    private static Map<String, Object> json(Choice choice) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("value", choice.value());
        json.put("labels", new TreeMap<>(choice.labels()));
        json.put("retired", choice.retired());
        return json;
    }

    /** The field as people and programs see it, its label in a language. */
    Map<String, @Nullable Object> json(Locale language) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", Ids.toText(id()));
        json.put("version", version);
        json.put("type", type);
        json.put("name", field.name());
        json.put("label", field.label(language));
        json.putAll(settings());
        json.put("state", state.text());
        json.put("createdAt", createdAt.toString());
        json.put("changedAt", changedAt.toString());
        return json;
    }

    /** The field that a row describes. */
    @SuppressWarnings("unchecked")
    static CustomField field(long id, String name, Map<String, @Nullable Object> json, State state, String slots) {
        boolean formula = FORMULA.equals(json.get("kind"));
        Kind kind = Kind.of((String) Objects.requireNonNull(json.get(formula ? "result" : "kind")))
                .orElseThrow();
        List<Choice> choices = new ArrayList<>();
        for (Map<String, Object> choice : (List<Map<String, Object>>) json.getOrDefault("choices", List.of())) {
            choices.add(new Choice((String) choice.get("value"), (Map<String, String>) choice.get("labels"), (boolean)
                    choice.get("retired")));
        }
        return new CustomField(
                id,
                name,
                kind,
                (boolean) Objects.requireNonNull(json.get("required")),
                (boolean) Objects.requireNonNull(json.get("searchable")),
                number(json.get("min")),
                number(json.get("max")),
                json.get("maxLength") instanceof Number length ? length.intValue() : 0,
                (String) json.getOrDefault("references", ""),
                choices,
                (Map<String, String>) Objects.requireNonNull(json.get("labels")),
                (String) json.getOrDefault(FORMULA, ""),
                state != State.ACTIVE,
                List.of(slots.split(",")));
    }

    private static @Nullable Long number(@Nullable Object json) {
        return json instanceof Number number ? number.longValue() : null;
    }
}
