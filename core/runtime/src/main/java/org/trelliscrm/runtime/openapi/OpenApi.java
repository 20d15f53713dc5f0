// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.openapi;

import static org.trelliscrm.runtime.openapi.Shape.object;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.records.TypeDescriptions;
import org.trelliscrm.runtime.records.TypeRegistry;
import org.trelliscrm.runtime.texts.Texts;

/**
 * Puts the OpenAPI document together: the record types from their descriptions, the resources that are always there from
 * {@code fixed.json} beside this class. Nothing is kept: what modules, rights and languages make of it changes all the time.
 */
@Component(service = OpenApi.class)
public class OpenApi {

    private static final String FIXED = read();

    private final TypeDescriptions descriptions;
    private final TypeRegistry types;
    private final Texts texts;

    @Activate
    public OpenApi(@Reference TypeDescriptions descriptions, @Reference TypeRegistry types, @Reference Texts texts) {
        this.descriptions = descriptions;
        this.types = types;
        this.texts = texts;
    }

    private static String read() {
        try (InputStream in = Objects.requireNonNull(OpenApi.class.getResourceAsStream("fixed.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that serves this caller, described in their language. */
    public Map<String, Object> document(Caller caller) {
        Locale language = caller.locale();
        List<Map<String, Object>> described = descriptions.all(caller);
        Map<String, Object> fixed = Json.readObject(FIXED);
        Map<String, Object> components = object(fixed.get("components"));
        object(components.get("parameters")).forEach((name, parameter) -> object(parameter)
                .put("description", texts.text("openapi.parameter." + name, language)));
        // In an order that does not depend on which module came first, so that the tag is that of the content.
        Map<String, Object> paths = new TreeMap<>(always(caller, described, object(fixed.get("paths"))));
        Map<String, Object> schemas = new TreeMap<>(object(components.get("schemas")));
        for (Map<String, Object> type : described) {
            RecordPaths record = new RecordPaths(
                    type,
                    types.require((String) type.get("name")).hooks() == 0,
                    schemaName((String) type.get("name"), schemas),
                    texts,
                    language);
            record.addSchemas(schemas);
            record.addPaths(paths);
        }
        components.put("schemas", schemas);
        return Shape.of(
                "openapi",
                "3.0.3",
                "info",
                Shape.of("title", "Trellis CRM", "version", "1", "description", texts.text("openapi.info", language)),
                "servers",
                List.of(Shape.of("url", "/")),
                "security",
                List.of(Shape.of("key", List.of()), Shape.of("session", List.of(), "csrf", List.of())),
                "paths",
                paths,
                "components",
                components);
    }

    /** The name of a type as programs write names; never one of ours. */
    private static String schemaName(String type, Map<String, Object> taken) {
        String name = Arrays.stream(type.split("_"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        return taken.containsKey(name) ? name + "Record" : name;
    }

    /** The paths that do not depend on record types, without those that the caller's rights do not reach. */
    private Map<String, Object> always(Caller caller, List<Map<String, Object>> described, Map<String, Object> paths) {
        for (Iterator<Object> path = paths.values().iterator(); path.hasNext(); ) {
            Map<String, Object> operations = object(path.next());
            operations.values().removeIf(operation -> !reaches(caller, described, object(operation)));
            operations.values().forEach(operation -> summarize(object(operation), caller.locale()));
            if (operations.isEmpty()) {
                path.remove();
            }
        }
        return paths;
    }

    private void summarize(Map<String, Object> operation, Locale language) {
        operation.put("summary", texts.text("openapi." + operation.get("operationId"), language));
    }

    private static boolean reaches(Caller caller, List<Map<String, Object>> described, Map<String, Object> operation) {
        Object right = operation.remove("x-right");
        if (right == null) {
            return true;
        }
        String[] parts = ((String) right).split(":");
        // "*" means any type: whoever may create records of one may send a file of them.
        return parts[0].equals("*")
                ? described.stream().anyMatch(type -> caller.rights().allows((String) type.get("name"), parts[1]))
                : caller.rights().allows(parts[0], parts[1]);
    }
}
