// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.PATCH;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.core.StreamingOutput;
import javax.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.api.record.ListQuery;
import org.trelliscrm.api.record.Page;
import org.trelliscrm.api.record.Records.ActionResult;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.records.RecordService;
import org.trelliscrm.runtime.records.Timeline;
import org.trelliscrm.runtime.records.TypeRegistry;
import org.trelliscrm.runtime.transfer.Exports;

/** The records of every type under {@code /api/<collection>}: one resource for all, whatever modules come and go. */
@Component(service = RecordResource.class)
@Path("/{collection: [a-z][a-z0-9-]*}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class RecordResource {

    private final RecordService records;
    private final TypeRegistry types;
    private final Timeline timeline;
    private final Exports exports;

    @Activate
    public RecordResource(
            @Reference RecordService records,
            @Reference TypeRegistry types,
            @Reference Timeline timeline,
            @Reference Exports exports) {
        this.records = records;
        this.types = types;
        this.timeline = timeline;
        this.exports = exports;
    }

    @GET
    public Response list(
            @PathParam("collection") String collection, @Context UriInfo uri, @Context SecurityContext security) {
        ListQuery query = new QueryParameters(uri, QueryParameters.LIST).list(type(collection));
        Page page = records.list(Callers.of(security), query);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("items", page.items());
        body.put("next", page.next());
        if (page.total() != null) {
            body.put("total", page.total());
        }
        return Response.ok(body).build();
    }

    @POST
    public Response create(
            @PathParam("collection") String collection,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Context UriInfo uri,
            @Context SecurityContext security,
            InputStream body) {
        new QueryParameters(uri, Set.of());
        Map<String, Object> record =
                records.create(Callers.of(security), type(collection), Body.json(contentType, body));
        return Response.created(uri.getAbsolutePathBuilder()
                        .path((String) record.get("id"))
                        .build())
                .header(HttpHeaders.ETAG, etag(record))
                .entity(record)
                .build();
    }

    @GET
    @Path("/{id}")
    public Response get(
            @PathParam("collection") String collection,
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @Context UriInfo uri,
            @Context SecurityContext security) {
        QueryParameters query = new QueryParameters(uri, Set.of("expand", "trash"));
        String type = type(collection);
        Map<String, Object> record =
                records.get(Callers.of(security), type, id(type, id), query.flag("trash"), query.names("expand"));
        if (etag(record).equals(ifNoneMatch)) {
            return Response.notModified().header(HttpHeaders.ETAG, etag(record)).build();
        }
        return ok(record);
    }

    @PATCH
    @Path("/{id}")
    public Response update(
            @PathParam("collection") String collection,
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Context UriInfo uri,
            @Context SecurityContext security,
            InputStream body) {
        new QueryParameters(uri, Set.of());
        String type = type(collection);
        return ok(records.update(
                Callers.of(security), type, id(type, id), Body.json(contentType, body), version(type, id, ifMatch)));
    }

    @DELETE
    @Path("/{id}")
    public Response trash(
            @PathParam("collection") String collection,
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Context UriInfo uri,
            @Context SecurityContext security) {
        new QueryParameters(uri, Set.of());
        String type = type(collection);
        records.trash(Callers.of(security), type, id(type, id), version(type, id, ifMatch));
        return Response.noContent().build();
    }

    @POST
    @Path("/{id}/restore")
    public Response restore(
            @PathParam("collection") String collection,
            @PathParam("id") String id,
            @Context UriInfo uri,
            @Context SecurityContext security) {
        new QueryParameters(uri, Set.of());
        String type = type(collection);
        return ok(records.restore(Callers.of(security), type, id(type, id)));
    }

    @POST
    @Path("/{id}/actions/{action}")
    public Response act(
            @PathParam("collection") String collection,
            @PathParam("id") String id,
            @PathParam("action") String action,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Context UriInfo uri,
            @Context SecurityContext security,
            InputStream body) {
        new QueryParameters(uri, Set.of());
        String type = type(collection);
        // An action that needs to be told nothing needs no body, and so no content type.
        Map<String, Object> input = contentType == null ? Map.of() : Body.json(contentType, body);
        ActionResult done =
                records.act(Callers.of(security), type, id(type, id), action, input, version(type, id, ifMatch));
        Map<String, Object> answer = new LinkedHashMap<>(done.record());
        if (!done.result().isEmpty()) {
            answer.put("result", done.result());
        }
        return Response.ok(answer).header(HttpHeaders.ETAG, etag(done.record())).build();
    }

    @GET
    @Path("/{id}/timeline")
    public Response timeline(
            @PathParam("collection") String collection,
            @PathParam("id") String id,
            @Context UriInfo uri,
            @Context SecurityContext security) {
        QueryParameters query = new QueryParameters(uri, Set.of("type", "by", "from", "to", "limit", "after"));
        String type = type(collection);
        Caller caller = Callers.of(security);
        records.get(caller, type, id(type, id));
        Timeline.Query wanted = new Timeline.Query(
                query.names("type"),
                query.text("by"),
                query.text("from"),
                query.text("to"),
                query.limit(),
                query.text("after"));
        return Response.ok(timeline.of(caller, id(type, id), wanted)).build();
    }

    @GET
    @Path("/export")
    @Produces(MediaType.WILDCARD)
    public Response export(
            @PathParam("collection") String collection, @Context UriInfo uri, @Context SecurityContext security) {
        QueryParameters query = new QueryParameters(uri, Set.of("format", "filter", "sort", "fields", "trash"));
        String format = query.text("format", "csv");
        ListQuery wanted = query.list(type(collection));
        Caller caller = Callers.of(security);
        Exports.Target target = exports.target(caller, wanted, format);
        StreamingOutput stream = out -> exports.write(caller, wanted, format, out);
        return Response.ok(stream, target.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + target.fileName() + "\"")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private String type(String collection) {
        return type(types, collection);
    }

    static String type(TypeRegistry types, String collection) {
        return types.collection(collection)
                .orElseThrow(() -> new NotFound("collection.unknown", Map.of("collection", collection)))
                .info()
                .name();
    }

    static long id(String type, String text) {
        OptionalLong id = Ids.fromText(text);
        return id.orElseThrow(() -> NotFound.record(type, text));
    }

    static Response ok(Map<String, Object> record) {
        return Response.ok(record).header(HttpHeaders.ETAG, etag(record)).build();
    }

    static String etag(Map<String, Object> record) {
        return "\"" + record.get("version") + "\"";
    }

    /** The version in {@code If-Match}; {@code null} where any will do. */
    static @Nullable Integer version(String type, String id, @Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        try {
            return Integer.valueOf(ifMatch.strip().replaceFirst("^\"(.*)\"$", "$1"));
        } catch (NumberFormatException e) {
            // A tag that was never ours cannot be the present one.
            throw Conflict.stale(type, id);
        }
    }
}
