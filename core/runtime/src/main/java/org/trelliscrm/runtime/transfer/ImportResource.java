// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import javax.ws.rs.Consumes;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.POST;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.job.Jobs;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.jobs.JobFolders;
import org.trelliscrm.runtime.jobs.JobJson;
import org.trelliscrm.runtime.records.TypeRegistry;
import org.trelliscrm.runtime.rest.Callers;

/** {@code POST /api/imports}: takes a file and lets a job import it. */
@Component(service = ImportResource.class, configurationPid = "org.trelliscrm.runtime.imports")
@javax.ws.rs.Path("/imports")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class ImportResource {

    private static final Set<String> FIELDS =
            Set.of("type", "format", "mapping", "key", "onMatch", "charset", "delimiter");

    private final Jobs jobs;
    private final JobJson json;
    private final JobFolders folders;
    private final TypeRegistry types;
    private final RecordFormats formats;
    private final Settings settings;

    /** What an administrator may set. */
    public @interface Settings {
        /** The longest file that is taken, in bytes. */
        long maxBytes() default 512L << 20;
    }

    @Activate
    public ImportResource(
            @Reference Jobs jobs,
            @Reference JobJson json,
            @Reference JobFolders folders,
            @Reference TypeRegistry types,
            @Reference RecordFormats formats,
            Settings settings) {
        this.jobs = jobs;
        this.json = json;
        this.folders = folders;
        this.types = types;
        this.formats = formats;
        this.settings = settings;
    }

    @POST
    public Response upload(
            @Context SecurityContext context,
            @Context UriInfo uri,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            InputStream body)
            throws IOException {
        Caller caller = Callers.of(context);
        // It comes before the name of its type, so nobody knows yet whether the caller may import it.
        Path file = folders.newFile();
        try {
            Upload upload =
                    Upload.read(body, contentType == null ? "" : contentType, FIELDS, file, settings.maxBytes());
            ImportRequest request = request(caller, upload, file);
            long id = jobs.enqueue(
                    caller,
                    ImportJob.KIND,
                    request.json(),
                    folder -> Files.move(file, folder.resolve(ImportRequest.FILE)));
            Map<String, Object> job = json.get(caller, id);
            URI location = uri.getBaseUriBuilder()
                    .path("jobs")
                    .path((String) job.get("id"))
                    .build();
            return Response.accepted(job).location(location).build();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private ImportRequest request(Caller caller, Upload upload, Path file) throws IOException {
        String name = required(upload, "type");
        TypeInfo type = types.require(name, caller.tenant()).info();
        boolean skipMatches = skipMatches(upload.field("onMatch"));
        require(caller, type, "create");
        if (!skipMatches) {
            require(caller, type, "update");
        }
        if (type.generated()) {
            throw Denied.because("type.generated", Map.of("type", name));
        }
        if (Files.size(file) == 0) {
            throw new Invalid("csv.empty", Map.of());
        }
        String format = upload.field("format").isEmpty()
                ? formats.detect(file, upload.fileName(), name)
                : upload.field("format");
        // Known to be wrong already now is better than a job that fails.
        formats.named(format, name);
        if (!upload.field("charset").isEmpty()) {
            CharsetGuess.named(upload.field("charset"));
        }
        return new ImportRequest(
                name,
                upload.fileName(),
                format,
                mapping(upload.field("mapping")),
                upload.fields().containsKey("key") ? upload.field("key") : null,
                skipMatches,
                upload.field("charset"),
                // A tab is a delimiter too.
                upload.fields().getOrDefault("delimiter", ""));
    }

    private static String required(Upload upload, String field) {
        if (upload.field(field).isEmpty()) {
            throw new Invalid("upload.missingField", Map.of("field", field));
        }
        return upload.field(field);
    }

    private static void require(Caller caller, TypeInfo type, String verb) {
        if (!caller.rights().allows(type.name(), verb)) {
            throw Denied.right(type.name(), verb);
        }
    }

    private static boolean skipMatches(String onMatch) {
        return switch (onMatch) {
            case "", "update" -> false;
            case "skip" -> true;
            default ->
                throw new Invalid(
                        "upload.badValue", Map.of("field", "onMatch", "value", onMatch, "allowed", "update, skip"));
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> mapping(String text) throws IOException {
        if (text.isEmpty()) {
            return Map.of();
        }
        try {
            Object mapping = Json.read(text.getBytes(StandardCharsets.UTF_8));
            if (mapping instanceof Map<?, ?> map
                    && map.values().stream().allMatch(path -> path == null || path instanceof String)) {
                return (Map<String, @Nullable Object>) map;
            }
        } catch (JsonProcessingException e) {
            // told below
        }
        throw new Invalid(
                "upload.badValue",
                Map.of("field", "mapping", "value", text, "allowed", "{\"column\": \"field\", \"column\": null}"));
    }
}
