// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.oas.OpenApi30;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.ws.rs.HttpMethod;
import javax.ws.rs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.FieldAccess;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.RecordAction;
import org.trelliscrm.api.record.RecordTransaction;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.jobs.TestTexts;
import org.trelliscrm.runtime.openapi.OpenApi;
import org.trelliscrm.runtime.records.Behaviour;
import org.trelliscrm.runtime.records.Engine;
import org.trelliscrm.runtime.records.TypeDescriptions;
import org.trelliscrm.runtime.records.TypeRegistry;
import org.trelliscrm.runtime.texts.Texts;

/** The description is valid, says all that there is and nothing else, and the engine's records are as it says. */
class OpenApiTest {

    private static final Caller BOSS = Engine.caller(7, Rights.ALL);
    private static final Caller READER = Engine.caller(
            8,
            new Rights(
                    Map.of("thing", Map.of("read", Scope.OWN)),
                    Map.of("thing", Map.of("price", FieldAccess.HIDDEN, "size", FieldAccess.READ_ONLY))));
    private static final Caller NOBODY = Engine.caller(9, Rights.NONE);

    private static Engine engine;
    private static OpenApi openApi;

    @BeforeAll
    static void open() {
        engine = Engine.onDerby();
        openApi = openApi(engine.types);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static OpenApi openApi(TypeRegistry types) {
        Behaviour painting = new Behaviour() {
            @Override
            @SuppressWarnings("unchecked")
            public Collection<RecordAction<BaseRecord>> actions(Class<? extends BaseRecord> type) {
                return List.of((RecordAction<BaseRecord>) (RecordAction<?>) new Paint());
            }
        };
        Texts texts = TestTexts.texts();
        return new OpenApi(new TypeDescriptions(types, painting, texts), types, texts);
    }

    /** An action with a parameter of each kind. */
    private static final class Paint implements RecordAction<BaseRecord> {

        @Override
        @SuppressWarnings("unchecked")
        public Class<BaseRecord> type() {
            return (Class<BaseRecord>) Engine.type();
        }

        @Override
        public String name() {
            return "paint";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(
                    new Parameter("color", Parameter.Kind.TEXT, true),
                    new Parameter("coats", Parameter.Kind.NUMBER, false),
                    new Parameter("gloss", Parameter.Kind.BOOLEAN, false));
        }

        @Override
        public Map<String, Object> run(BaseRecord record, Map<String, Object> input, RecordTransaction transaction) {
            return Map.of();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> at(Map<String, Object> json, String... names) {
        Map<String, Object> inner = json;
        for (String name : names) {
            inner = (Map<String, Object>) inner.get(name);
            assertThat(inner).as(name).isNotNull();
        }
        return inner;
    }

    private static void assertValid(Map<String, Object> document) {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(Json.write(document), null, options);
        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getPaths()).hasSameSizeAs(at(document, "paths"));
    }

    @Test
    void theDescriptionIsValidForEachCaller() {
        assertValid(openApi.document(BOSS));
        assertValid(openApi.document(READER));
        assertValid(openApi.document(NOBODY));
        assertValid(openApi(new TypeRegistry()).document(BOSS));
    }

    @Test
    void theValidatorTellsWhatIsWrong() {
        Map<String, Object> broken = openApi.document(BOSS);
        at(broken, "paths", "/api/things", "get").remove("responses");

        assertThat(new OpenAPIV3Parser()
                        .readContents(Json.write(broken), null, null)
                        .getMessages())
                .isNotEmpty();
    }

    @Test
    void everyResourceIsDescribedAndNothingElse() {
        Set<String> described = operations(openApi.document(BOSS));

        assertThat(described).isEqualTo(served());
    }

    private static Set<String> operations(Map<String, Object> document) {
        return at(document, "paths").entrySet().stream()
                .flatMap(path -> at(document, "paths", path.getKey()).keySet().stream()
                        .map(verb -> verb.toUpperCase(Locale.ROOT) + " " + path.getKey()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the application would serve with the one record type and the one action of this test. */
    private static Set<String> served() {
        Set<String> served = new TreeSet<>(Set.of("GET /health"));
        for (Class<?> resource : CrmApplication.class.getConstructors()[0].getParameterTypes()) {
            Path path = resource.getAnnotation(Path.class);
            for (Method method : path == null ? new Method[0] : resource.getMethods()) {
                verb(method).ifPresent(verb -> served.add(verb + " /api" + address(path, method)));
            }
        }
        return served;
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .flatMap(type -> Stream.ofNullable(type.getAnnotation(HttpMethod.class)))
                .map(HttpMethod::value)
                .findFirst();
    }

    private static String address(Path resource, Method method) {
        Path inner = method.getAnnotation(Path.class);
        String address = Stream.of(resource.value(), inner == null ? "" : inner.value())
                .map(part -> part.replaceFirst("^/?(?=.)", "/"))
                .collect(Collectors.joining());
        return address.replaceAll("\\{(\\w+):[^}]*}", "{$1}")
                .replace("{collection}", "things")
                .replace("{action}", "paint");
    }

    @Test
    void aListTakesTheParametersThatTheServerKnows() {
        Map<String, Object> list = at(openApi.document(BOSS), "paths", "/api/things", "get");

        Set<String> names = ((List<?>) list.get("parameters"))
                .stream()
                        .map(one -> ((String) ((Map<?, ?>) one).get("$ref")).replaceFirst(".*/", ""))
                        .collect(Collectors.toSet());

        Set<String> known = new TreeSet<>(QueryParameters.LIST);
        known.add("lang");
        assertThat(names).isEqualTo(known);
    }

    @Test
    void whoMayOnlyReadIsToldOfReadingOnly() {
        Map<String, Object> document = openApi.document(READER);

        assertThat(operations(document).stream().filter(one -> one.contains("/things")))
                .containsExactly(
                        "GET /api/things",
                        "GET /api/things/{id}",
                        "GET /api/things/{id}/history",
                        "GET /api/things/{id}/timeline");
        assertThat(operations(document)).noneMatch(one -> one.contains("/modules") || one.contains("/imports"));
        assertThat(at(document, "components", "schemas", "Thing", "properties"))
                .containsKeys("name", "size")
                .doesNotContainKeys("price", "secret");
        assertThat(at(document, "components", "schemas", "Thing", "properties", "size"))
                .containsEntry("readOnly", true);
        assertThat(at(document, "components", "schemas")).doesNotContainKey("ThingInput");
    }

    @Test
    void whoMayNothingIsToldOfNoRecords() {
        assertThat(Json.write(openApi.document(NOBODY))).doesNotContain("hing\"", "/things");
    }

    @Test
    void aFieldIsDescribedWithItsRules() {
        Map<String, Object> input = at(openApi.document(BOSS), "components", "schemas", "ThingInput", "properties");

        assertThat(input).doesNotContainKeys("createdAt", "id", "version", "secret");
        assertThat(at(input, "name")).containsEntry("maxLength", 60).doesNotContainKey("nullable");
        assertThat(at(input, "seenAt")).containsEntry("format", "date-time").containsEntry("nullable", true);
        assertThat(at(input, "parent")).containsEntry("x-references", "thing");
        assertThat(Json.write(at(input, "color").get("enum"))).isEqualTo("[\"red\",\"dark_blue\",null]");
    }

    @Test
    void labelsAreInTheAskedLanguage() {
        Map<String, Object> document = openApi.document(BOSS.in(Locale.forLanguageTag("fa")));

        assertThat(at(document, "paths", "/api/jobs", "get")).containsEntry("summary", "تازه‌ترین کارها");
        assertThat(Json.write(document)).doesNotContain("\"openapi.");
    }

    @Test
    void theDescriptionIsTheSameEachTime() {
        assertThat(Json.write(openApi.document(BOSS))).isEqualTo(Json.write(openApi.document(BOSS)));
    }

    @Test
    void recordsAreAsTheSchemaSays() throws Exception {
        Map<String, Object> document = openApi.document(BOSS);
        Map<String, Object> full = engine.records.create(
                BOSS,
                "thing",
                Map.of(
                        "name",
                        "Full",
                        "size",
                        5,
                        "weight",
                        new BigDecimal("1.25"),
                        "price",
                        Map.of("amount", "12.50", "currency", "EUR"),
                        "builtOn",
                        "2026-05-31",
                        "opensAt",
                        "14:30",
                        "seenAt",
                        "2026-05-31T14:00:00Z",
                        "tags",
                        List.of("a"),
                        "parts",
                        List.of(Map.of("label", "lid"))));
        Map<String, Object> bare = engine.records.create(BOSS, "thing", Map.of("name", "Bare"));

        assertThat(validate(document, "Thing", full)).isEmpty();
        assertThat(validate(document, "Thing", bare)).isEmpty();
        assertThat(validate(document, "Thing", Map.of("id", "no id", "version", 1)))
                .isNotEmpty();
        assertThat(validate(document, "Thing", Map.of("id", bare.get("id"), "version", 1, "color", "green")))
                .isNotEmpty();
        assertThat(validate(document, "ThingInput", Map.of("name", "x".repeat(61))))
                .isNotEmpty();
    }

    private static Set<ValidationMessage> validate(Map<String, Object> document, String schema, Object json)
            throws Exception {
        JsonSchemaFactory factory =
                JsonSchemaFactory.getInstance(VersionFlag.V4, builder -> builder.metaSchema(OpenApi30.getInstance())
                        .defaultMetaSchemaIri(OpenApi30.getInstance().getIri()));
        Map<String, Object> root = new LinkedHashMap<>(document);
        root.put("allOf", List.of(Map.of("$ref", "#/components/schemas/" + schema)));
        JsonSchema compiled = factory.getSchema(new ObjectMapper().readTree(Json.write(root)));
        return compiled.validate(Json.write(json), InputFormat.JSON);
    }
}
