// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.openapi;

import static org.trelliscrm.runtime.openapi.Shape.objects;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of a type's fields, made of what {@code GET /api/types} says of them, so that there is one description only.
 * What is read differs from what is written: a reference may be expanded, and what the system fills is not sent.
 */
final class FieldSchemas {

    private static final String ID = "^[0-9a-z]{13}$";
    private static final String RECORD = "^[a-z][a-z0-9_]*:[0-9a-z]{13}$";
    private static final String TIME = "^[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?$";
    private static final String AMOUNT = "^-?[0-9]+(\\.[0-9]+)?$";

    private FieldSchemas() {}

    /** The fields as they are read. */
    static Map<String, Object> read(List<Map<String, Object>> fields) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Map<String, Object> field : fields) {
            Map<String, Object> schema = field(field, true);
            if (Boolean.TRUE.equals(field.get("readOnly"))) {
                schema.put("readOnly", true);
            }
            properties.put((String) field.get("name"), schema);
        }
        return properties;
    }

    /** The fields that may be written. */
    static Map<String, Object> write(List<Map<String, Object>> fields) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Map<String, Object> field : fields) {
            if (!Boolean.TRUE.equals(field.get("readOnly"))) {
                properties.put((String) field.get("name"), field(field, false));
            }
        }
        return properties;
    }

    private static Map<String, Object> field(Map<String, Object> field, boolean read) {
        Map<String, Object> schema = value((String) field.get("type"), field, read);
        schema.put("title", field.get("label"));
        Object target = field.get("references");
        if (target != null) {
            schema.put("x-references", target);
        }
        List<Map<String, Object>> choices = choices(field);
        if (!choices.isEmpty()) {
            schema.put("x-enum-labels", labels(choices));
        }
        // An empty list is none, and what must be there is never null.
        if (!Boolean.TRUE.equals(field.get("required")) && !"list".equals(field.get("type"))) {
            nullable(schema);
        }
        return schema;
    }

    @SuppressWarnings("unchecked")
    private static void nullable(Map<String, Object> schema) {
        if (schema.get("anyOf") instanceof List<?> either) {
            nullable((Map<String, Object>) either.get(0));
        } else if (schema.containsKey("type")) {
            schema.put("nullable", true);
            if (schema.get("enum") instanceof List<?> values) {
                List<@Nullable Object> withNull = new ArrayList<>(values);
                withNull.add(null);
                schema.put("enum", withNull);
            }
        }
    }

    private static List<Map<String, Object>> choices(Map<String, Object> field) {
        return objects(field.getOrDefault("choices", List.of()));
    }

    private static Map<String, Object> labels(List<Map<String, Object>> choices) {
        Map<String, Object> labels = new LinkedHashMap<>();
        choices.forEach(choice -> labels.put((String) choice.get("value"), choice.get("label")));
        return labels;
    }

    private static Map<String, Object> value(String type, Map<String, Object> field, boolean read) {
        return switch (type) {
            case "text", "multiline", "phone", "language", "time_zone", "color" -> text(field);
            case "email" -> with(text(field), "format", "email");
            case "url" -> with(text(field), "format", "uri");
            case "boolean" -> Shape.of("type", "boolean");
            case "integer" -> Shape.of("type", "integer", "format", "int64");
            case "decimal" -> Shape.of("type", "number");
            case "date" -> Shape.of("type", "string", "format", "date");
            case "time" -> Shape.of("type", "string", "pattern", TIME);
            case "datetime" -> Shape.of("type", "string", "format", "date-time");
            case "choice" ->
                Shape.of(
                        "type",
                        "string",
                        "enum",
                        choices(field).stream()
                                .map(choice -> choice.get("value"))
                                .toList());
            case "money" -> money(read);
            case "reference" -> reference(ID, read);
            case "record" -> reference(RECORD, read);
            case "item" -> item(field, read);
            case "list" -> Shape.of("type", "array", "items", value((String) field.get("of"), field, read));
            // A kind of value that this class has not heard of is still there, and may be anything.
            default -> Shape.of();
        };
    }

    private static Map<String, Object> with(Map<String, Object> schema, String name, Object value) {
        schema.put(name, value);
        return schema;
    }

    private static Map<String, Object> text(Map<String, Object> field) {
        Map<String, Object> schema = Shape.of("type", "string");
        if (field.get("maxLength") != null) {
            schema.put("maxLength", field.get("maxLength"));
        }
        return schema;
    }

    private static Map<String, Object> money(boolean read) {
        Map<String, Object> amount = Shape.of("type", "string", "pattern", AMOUNT);
        return Shape.of(
                "type",
                "object",
                "required",
                List.of("amount", "currency"),
                "properties",
                Shape.of(
                        "amount",
                        read ? amount : Shape.of("anyOf", List.of(amount, Shape.of("type", "number"))),
                        "currency",
                        Shape.of("type", "string", "pattern", "^[A-Z]{3}$")));
    }

    private static Map<String, Object> reference(String pattern, boolean read) {
        Map<String, Object> id = Shape.of("type", "string", "pattern", pattern);
        return read ? Shape.of("anyOf", List.of(id, Shape.schema("Reference"))) : id;
    }

    private static Map<String, Object> item(Map<String, Object> field, boolean read) {
        List<Map<String, Object>> fields = objects(field.getOrDefault("items", List.of()));
        return Shape.of("type", "object", "properties", read ? read(fields) : write(fields));
    }
}
