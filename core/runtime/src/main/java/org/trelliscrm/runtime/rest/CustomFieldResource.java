// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.io.InputStream;
import java.net.URI;
import java.util.Map;
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
import javax.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.runtime.custom.CustomFields;
import org.trelliscrm.runtime.data.Ids;

/** {@code /api/custom-fields}: the fields that people add to record types. */
@Component(service = CustomFieldResource.class)
@Path("/custom-fields")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class CustomFieldResource {

    private final CustomFields fields;

    @Activate
    public CustomFieldResource(@Reference CustomFields fields) {
        this.fields = fields;
    }

    @GET
    public Response list(@Context UriInfo uri, @Context SecurityContext security) {
        QueryParameters query = new QueryParameters(uri, Set.of("type"));
        return Response.ok(Map.of("items", fields.list(caller(uri, security), query.text("type"))))
                .build();
    }

    @POST
    public Response create(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Context UriInfo uri,
            @Context SecurityContext security,
            InputStream body) {
        new QueryParameters(uri, Set.of());
        Map<String, Object> field = fields.create(caller(uri, security), Body.json(contentType, body));
        URI location =
                uri.getAbsolutePathBuilder().path((String) field.get("id")).build();
        return Response.created(location)
                .header(HttpHeaders.ETAG, RecordResource.etag(field))
                .entity(field)
                .build();
    }

    @GET
    @Path("/{id}")
    public Response get(@PathParam("id") String id, @Context UriInfo uri, @Context SecurityContext security) {
        new QueryParameters(uri, Set.of());
        return ok(fields.get(caller(uri, security), id(id)));
    }

    @PATCH
    @Path("/{id}")
    public Response update(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Context UriInfo uri,
            @Context SecurityContext security,
            InputStream body) {
        QueryParameters query = new QueryParameters(uri, Set.of("preview", "confirm"));
        Map<String, Object> patch = Body.json(contentType, body);
        Caller caller = caller(uri, security);
        if (query.flag("preview")) {
            return Response.ok(fields.preview(caller, id(id), patch)).build();
        }
        Integer version = RecordResource.version("custom_field", id, ifMatch);
        return ok(fields.update(caller, id(id), patch, version, query.flag("confirm")));
    }

    @GET
    @Path("/{id}/deletion")
    public Response deletion(@PathParam("id") String id, @Context UriInfo uri, @Context SecurityContext security) {
        new QueryParameters(uri, Set.of());
        return Response.ok(fields.deletion(caller(uri, security), id(id))).build();
    }

    @DELETE
    @Path("/{id}")
    public Response delete(@PathParam("id") String id, @Context UriInfo uri, @Context SecurityContext security) {
        QueryParameters query = new QueryParameters(uri, Set.of("confirm"));
        fields.delete(caller(uri, security), id(id), query.flag("confirm"));
        return Response.noContent().build();
    }

    @POST
    @Path("/{id}/restore")
    public Response restore(@PathParam("id") String id, @Context UriInfo uri, @Context SecurityContext security) {
        new QueryParameters(uri, Set.of());
        return ok(fields.restore(caller(uri, security), id(id)));
    }

    @POST
    @Path("/{id}/purge")
    public Response purge(@PathParam("id") String id, @Context UriInfo uri, @Context SecurityContext security) {
        new QueryParameters(uri, Set.of());
        String job = Ids.toText(fields.purge(caller(uri, security), id(id)));
        URI location = uri.getBaseUriBuilder().path("jobs").path(job).build();
        return Response.accepted(Map.of("id", job)).location(location).build();
    }

    private static Caller caller(UriInfo uri, SecurityContext security) {
        Caller caller = Callers.of(security);
        String language = uri.getQueryParameters().getFirst("lang");
        return language == null ? caller : caller.in(Languages.closest(language));
    }

    private static long id(String text) {
        return Ids.fromText(text).orElseThrow(() -> new NotFound("customField.notFound", Map.of("id", text)));
    }

    private static Response ok(Map<String, Object> field) {
        return Response.ok(field)
                .header(HttpHeaders.ETAG, RecordResource.etag(field))
                .build();
    }
}
