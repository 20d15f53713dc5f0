// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.RecordAction;
import org.trelliscrm.runtime.data.CustomField;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.texts.Texts;

/** Describes record types to programs and to the web page, JSON-shaped: fields, choices, actions, and what the caller may do. */
@Component(service = TypeDescriptions.class)
public class TypeDescriptions {

    private static final List<String> VERBS = List.of("create", "read", "update", "delete", "export");

    private final TypeRegistry types;
    private final Behaviour behaviour;
    private final Texts texts;

    @Activate
    public TypeDescriptions(@Reference TypeRegistry types, @Reference Behaviour behaviour, @Reference Texts texts) {
        this.types = types;
        this.behaviour = behaviour;
        this.texts = texts;
    }

    /** All types that the caller may read at all. */
    public List<Map<String, Object>> all(Caller caller) {
        return types.all(caller.tenant()).stream()
                .filter(type -> caller.rights().allows(type.name(), "read"))
                .map(type -> describe(caller, type))
                .toList();
    }

    /** The label of a field in a language; of an item's field with the path {@code list.field}. */
    public String label(String type, String path, Locale language) {
        return texts.find("field." + type + "." + path, language)
                .orElseGet(() -> texts.text("field." + path, language));
    }

    private Map<String, Object> describe(Caller caller, TypeInfo type) {
        Locale language = caller.locale();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", type.name());
        json.put("collection", type.collection());
        json.put("module", type.module());
        json.put("label", texts.text("type." + type.name(), language));
        json.put("labelPlural", texts.text("type." + type.name() + ".plural", language));
        json.put("icon", type.icon());
        json.put("titleField", type.titleField().name());
        json.put("generated", type.generated());
        Map<String, Object> rights = new LinkedHashMap<>();
        VERBS.forEach(verb ->
                rights.put(verb, caller.rights().scope(type.name(), verb).name().toLowerCase(Locale.ROOT)));
        json.put("rights", rights);
        json.put("fields", fields(caller, type));
        json.put("actions", actions(caller, type));
        return json;
    }

    private List<Object> fields(Caller caller, TypeInfo type) {
        List<Object> fields = new ArrayList<>();
        for (FieldInfo field : type.fields()) {
            if (RowAccess.sees(caller, type, field)) {
                Map<String, Object> json = describe(type.name(), field.name(), field, caller.locale());
                json.put("readOnly", !RowAccess.writes(caller, type, field));
                fields.add(json);
            }
        }
        return fields;
    }

    private Map<String, Object> describe(String type, String path, FieldInfo field, Locale language) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", field.name());
        @Nullable CustomField custom = field.custom();
        json.put("label", custom == null ? label(type, path, language) : custom.label(language));
        json.put("type", field.type().name());
        if (field.isList()) {
            json.put("of", field.elementType().name());
        }
        json.put("required", field.required());
        if (custom != null) {
            json.put("custom", true);
            if (custom.isFormula()) {
                json.put("formula", true);
            }
        }
        if (field.maxLength() > 0) {
            json.put("maxLength", field.maxLength());
        }
        @Nullable String target = field.referenceTarget();
        if (target != null) {
            json.put("references", target);
        }
        if (!field.choices().isEmpty()) {
            json.put(
                    "choices",
                    custom == null ? choices(type, path, field.choices(), language) : choices(custom, language));
        }
        Collection<FieldInfo> items = field.itemFields().values();
        if (!items.isEmpty()) {
            json.put(
                    "items",
                    items.stream()
                            .map(item -> {
                                Map<String, Object> inner = describe(type, path + "." + item.name(), item, language);
                                inner.put("readOnly", item.readOnly());
                                return inner;
                            })
                            .toList());
        }
        return json;
    }

    private List<Object> choices(String type, String path, List<String> values, Locale language) {
        List<Object> choices = new ArrayList<>();
        for (String value : values) {
            Map<String, Object> choice = new LinkedHashMap<>();
            choice.put("value", value);
            choice.put("label", texts.text("choice." + type + "." + path + "." + value, language));
            choices.add(choice);
        }
        return choices;
    }

    private static List<Object> choices(CustomField field, Locale language) {
        List<Object> choices = new ArrayList<>();
        for (CustomField.Choice choice : field.choices()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("value", choice.value());
            json.put("label", field.choiceLabel(choice.value(), language));
            if (choice.retired()) {
                json.put("retired", true);
            }
            choices.add(json);
        }
        return choices;
    }

    private List<Object> actions(Caller caller, TypeInfo type) {
        List<Object> actions = new ArrayList<>();
        for (RecordAction<BaseRecord> action : behaviour.actions(type.javaClass())) {
            if (caller.rights().allows(type.name(), action.name())) {
                String key = "action." + type.name() + "." + action.name();
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("name", action.name());
                json.put("label", texts.text(key, caller.locale()));
                json.put(
                        "parameters",
                        action.parameters().stream()
                                .map(parameter -> Map.of(
                                        "name", parameter.name(),
                                        "label", texts.text(key + "." + parameter.name(), caller.locale()),
                                        "type", parameter.kind().name().toLowerCase(Locale.ROOT),
                                        "required", parameter.required()))
                                .toList());
                actions.add(json);
            }
        }
        return actions;
    }
}
