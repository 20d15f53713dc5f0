// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
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
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.history.RecordHistory;
import org.trelliscrm.runtime.records.TypeRegistry;

/** {@code /api/<collection>/<id>/history}: what became of a record, and the way back to an old value. */
@Component(service = HistoryResource.class)
@Path("/{collection: [a-z][a-z0-9-]*}/{id}/history")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class HistoryResource {

    private final RecordHistory history;
    private final TypeRegistry types;

    @Activate
    public HistoryResource(@Reference RecordHistory history, @Reference TypeRegistry types) {
        this.history = history;
        this.types = types;
    }

    @GET
    public Response list(
            @PathParam("collection") String collection,
            @PathParam("id") String id,
            @Context UriInfo uri,
            @Context SecurityContext security) {
        QueryParameters query = new QueryParameters(uri, Set.of("field", "limit", "after"));
        String type = RecordResource.type(types, collection);
        Map<String, Object> page = history.of(
                Callers.of(security),
                type,
                RecordResource.id(type, id),
                query.text("field"),
                query.limit(),
                query.text("after"));
        return Response.ok(page).build();
    }

    @POST
    @Path("/{change}/restore")
    public Response restore(
            @PathParam("collection") String collection,
            @PathParam("id") String id,
            @PathParam("change") String change,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Context UriInfo uri,
            @Context SecurityContext security,
            InputStream body) {
        new QueryParameters(uri, Set.of());
        String type = RecordResource.type(types, collection);
        long changeId = Ids.fromText(change).orElseThrow(() -> new NotFound("history.notFound", Map.of("id", change)));
        return RecordResource.ok(history.restore(
                Callers.of(security),
                type,
                RecordResource.id(type, id),
                changeId,
                fields(Body.json(contentType, body)),
                RecordResource.version(type, id, ifMatch)));
    }

    private static List<String> fields(Map<String, Object> body) {
        if (body.keySet().equals(Set.of("fields"))
                && body.get("fields") instanceof List<?> names
                && !names.isEmpty()
                && names.stream().allMatch(String.class::isInstance)) {
            Set<String> fields = new LinkedHashSet<>();
            names.forEach(name -> fields.add((String) name));
            return List.copyOf(fields);
        }
        throw new Invalid("history.fieldsNeeded", Map.of());
    }
}
