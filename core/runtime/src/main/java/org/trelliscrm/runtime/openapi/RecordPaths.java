// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.openapi;

import static org.trelliscrm.runtime.openapi.Shape.json;
import static org.trelliscrm.runtime.openapi.Shape.object;
import static org.trelliscrm.runtime.openapi.Shape.objects;
import static org.trelliscrm.runtime.openapi.Shape.parameter;
import static org.trelliscrm.runtime.openapi.Shape.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.runtime.texts.Texts;

/** The paths and schemas of one record type, as far as the caller's rights go. */
final class RecordPaths {

    private static final int MAX_PARAMETER = 4000;

    private final Map<String, Object> type;
    private final boolean asRequired;
    private final String schema;
    private final Texts texts;
    private final Locale language;

    /**
     * Describes a type.
     *
     * @param type what {@code GET /api/types} says of it
     * @param asRequired whether a required field has to be sent, since no rule of the type could fill it
     * @param schema under which name its schema stands
     */
    RecordPaths(Map<String, Object> type, boolean asRequired, String schema, Texts texts, Locale language) {
        this.type = type;
        this.asRequired = asRequired;
        this.schema = schema;
        this.texts = texts;
        this.language = language;
    }

    private boolean may(String verb) {
        return !object(type.get("rights")).get(verb).equals("none");
    }

    private boolean mayWrite(String verb) {
        return may(verb) && !Boolean.TRUE.equals(type.get("generated"));
    }

    void addSchemas(Map<String, Object> schemas) {
        List<Map<String, Object>> fields = objects(type.get("fields"));
        Map<String, Object> properties =
                Shape.of("id", readOnly(schema("Id")), "version", Shape.of("type", "integer", "readOnly", true));
        properties.putAll(FieldSchemas.read(fields));
        schemas.put(
                schema,
                Shape.of(
                        "type",
                        "object",
                        "title",
                        type.get("label"),
                        "required",
                        List.of("id", "version"),
                        "properties",
                        properties));
        schemas.put(
                schema + "Page",
                Shape.of(
                        "type",
                        "object",
                        "required",
                        List.of("items", "next"),
                        "properties",
                        Shape.of(
                                "items",
                                Shape.of("type", "array", "items", schema(schema)),
                                "next",
                                Shape.of("type", "string", "nullable", true),
                                "total",
                                Shape.of("type", "integer", "format", "int64"))));
        if (mayWrite("create") || mayWrite("update")) {
            schemas.put(
                    schema + "Input",
                    Shape.of("type", "object", "title", type.get("label"), "properties", FieldSchemas.write(fields)));
        }
    }

    // A sibling of $ref is ignored in 3.0.
    private static Map<String, Object> readOnly(Map<String, Object> reference) {
        return Shape.of("readOnly", true, "allOf", List.of(reference));
    }

    void addPaths(Map<String, Object> paths) {
        String all = "/api/" + type.get("collection");
        String one = all + "/{id}";
        Map<String, Object> collection = new LinkedHashMap<>();
        collection.put("get", list());
        if (mayWrite("create")) {
            collection.put("post", create());
        }
        paths.put(all, collection);
        if (may("export")) {
            paths.put(all + "/export", Shape.of("get", export()));
        }
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("get", get());
        if (mayWrite("update")) {
            record.put("patch", update());
        }
        if (mayWrite("delete")) {
            record.put("delete", trash());
            paths.put(one + "/restore", Shape.of("post", restore()));
        }
        paths.put(one, record);
        paths.put(one + "/timeline", Shape.of("get", timeline()));
        paths.put(one + "/history", Shape.of("get", history()));
        if (mayWrite("update")) {
            paths.put(one + "/history/{change}/restore", Shape.of("post", restoreValues()));
        }
        for (Map<String, Object> action : objects(type.get("actions"))) {
            paths.put(one + "/actions/" + action.get("name"), Shape.of("post", act(action)));
        }
    }

    private Map<String, Object> list() {
        return operation(
                "list",
                parameters("filter", "sort", "limit", "after", "fields", "expand", "trash", "count", "lang"),
                Map.of("200", answer("200", schema(schema + "Page"))));
    }

    private Map<String, Object> create() {
        Map<String, Object> operation = operation(
                "create",
                parameters("idempotencyKey", "lang"),
                Map.of("201", answer("201", schema(schema), "ETag", "Location")));
        operation.put("requestBody", body(true, json(created())));
        return operation;
    }

    private Map<String, Object> created() {
        List<Object> required = objects(type.get("fields")).stream()
                .filter(field -> asRequired && Boolean.TRUE.equals(field.get("required")))
                .filter(field -> !Boolean.TRUE.equals(field.get("readOnly")))
                .map(field -> field.get("name"))
                .toList();
        Map<String, Object> input = schema(schema + "Input");
        return required.isEmpty()
                ? input
                : Shape.of("allOf", List.of(input, Shape.of("type", "object", "required", required)));
    }

    private Map<String, Object> get() {
        return operation(
                "get",
                parameters("id", "expand", "trash", "ifNoneMatch", "lang"),
                Shape.of("200", answer("200", schema(schema), "ETag"), "304", answer("304", null, "ETag")));
    }

    private Map<String, Object> update() {
        Map<String, Object> operation = operation(
                "update", parameters("id", "ifMatch", "lang"), Map.of("200", answer("200", schema(schema), "ETag")));
        Map<String, Object> content = json(schema(schema + "Input"));
        content.put("application/merge-patch+json", content.get("application/json"));
        operation.put("requestBody", body(true, content));
        return operation;
    }

    private Map<String, Object> trash() {
        return operation("trash", parameters("id", "ifMatch", "lang"), Map.of("204", answer("204", null)));
    }

    private Map<String, Object> restore() {
        return operation(
                "restore",
                parameters("id", "idempotencyKey", "lang"),
                Map.of("200", answer("200", schema(schema), "ETag")));
    }

    private Map<String, Object> timeline() {
        return operation(
                "timeline",
                parameters("id", "type", "by", "from", "to", "limit", "after", "lang"),
                Map.of("200", answer("200", schema("Timeline"))));
    }

    private Map<String, Object> history() {
        List<Map<String, Object>> parameters = new ArrayList<>(parameters("id", "limit", "after", "lang"));
        parameters.add(Shape.of("name", "field", "in", "query", "schema", Shape.of("type", "string")));
        return operation("history", parameters, Map.of("200", answer("200", schema("ChangePage"))));
    }

    private Map<String, Object> restoreValues() {
        List<Map<String, Object>> parameters = new ArrayList<>(parameters("id", "ifMatch", "idempotencyKey", "lang"));
        parameters.add(Shape.of("name", "change", "in", "path", "required", true, "schema", schema("Id")));
        Map<String, Object> operation =
                operation("restoreValues", parameters, Map.of("200", answer("200", schema(schema), "ETag")));
        Map<String, Object> names = Shape.of("type", "array", "minItems", 1, "items", Shape.of("type", "string"));
        operation.put(
                "requestBody",
                body(
                        true,
                        json(Shape.of(
                                "type",
                                "object",
                                "required",
                                List.of("fields"),
                                "properties",
                                Shape.of("fields", names)))));
        return operation;
    }

    private Map<String, Object> export() {
        Map<String, Object> file = Shape.of("schema", Shape.of("type", "string", "format", "binary"));
        return operation(
                "export",
                parameters("format", "filter", "sort", "fields", "trash", "lang"),
                Map.of("200", Shape.of("description", "200", "content", Shape.of("*/*", file))));
    }

    private Map<String, Object> act(Map<String, Object> action) {
        Map<String, Object> result =
                Shape.of("type", "object", "properties", Shape.of("result", Shape.of("type", "object")));
        Map<String, Object> done = Shape.of("allOf", List.of(schema(schema), result));
        Map<String, Object> operation = operation(
                "act." + action.get("name"),
                parameters("id", "ifMatch", "idempotencyKey", "lang"),
                Map.of("200", answer("200", done, "ETag")));
        operation.put("summary", type.get("label") + ": " + action.get("label"));
        Map<String, Object> properties = new LinkedHashMap<>();
        List<Object> required = new ArrayList<>();
        for (Map<String, Object> parameter : objects(action.get("parameters"))) {
            Map<String, Object> value =
                    switch ((String) parameter.get("type")) {
                        case "text" -> Shape.of("type", "string", "maxLength", MAX_PARAMETER);
                        case "number" -> Shape.of("type", "number");
                        case "boolean" -> Shape.of("type", "boolean");
                        default -> Shape.of();
                    };
            value.put("title", parameter.get("label"));
            properties.put((String) parameter.get("name"), value);
            if (Boolean.TRUE.equals(parameter.get("required"))) {
                required.add(parameter.get("name"));
            }
        }
        if (!properties.isEmpty()) {
            Map<String, Object> input = Shape.of("type", "object", "properties", properties);
            if (!required.isEmpty()) {
                input.put("required", required);
            }
            operation.put("requestBody", body(!required.isEmpty(), json(input)));
        }
        return operation;
    }

    private static Map<String, Object> body(boolean required, Map<String, Object> content) {
        return Shape.of("required", required, "content", content);
    }

    private static List<Map<String, Object>> parameters(String... names) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (String name : names) {
            parameters.add(parameter(name));
        }
        return parameters;
    }

    private static Map<String, Object> answer(String status, @Nullable Map<String, Object> schema, String... headers) {
        Map<String, Object> answer = Shape.of("description", status);
        if (headers.length > 0) {
            Map<String, Object> described = new LinkedHashMap<>();
            for (String header : headers) {
                described.put(header, Shape.of("$ref", "#/components/headers/" + header));
            }
            answer.put("headers", described);
        }
        if (schema != null) {
            answer.put("content", json(schema));
        }
        return answer;
    }

    private Map<String, Object> operation(
            String verb, List<Map<String, Object>> parameters, Map<String, Object> responses) {
        Map<String, Object> answers = new LinkedHashMap<>(responses);
        answers.put("default", Shape.of("$ref", "#/components/responses/Problem"));
        return Shape.of(
                "operationId",
                type.get("name") + "." + verb,
                "tags",
                List.of(type.get("labelPlural")),
                "summary",
                texts.text(
                        "openapi.record." + verb,
                        language,
                        Map.of("type", type.get("label"), "types", type.get("labelPlural"))),
                "parameters",
                parameters,
                "responses",
                answers);
    }
}
