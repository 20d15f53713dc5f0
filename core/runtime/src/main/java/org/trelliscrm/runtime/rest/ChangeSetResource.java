// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.core.UriInfo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.history.ChangeSetView;
import org.trelliscrm.runtime.history.Undos;
import org.trelliscrm.runtime.jobs.JobJson;

/** {@code /api/change-sets}: what was done in one go, what it changed, and undo. */
@Component(service = ChangeSetResource.class)
@Path("/change-sets")
@Produces(MediaType.APPLICATION_JSON)
public class ChangeSetResource {

    private final ChangeSetView view;
    private final Undos undos;
    private final JobJson jobs;

    @Activate
    public ChangeSetResource(@Reference ChangeSetView view, @Reference Undos undos, @Reference JobJson jobs) {
        this.view = view;
        this.undos = undos;
        this.jobs = jobs;
    }

    @GET
    public Response list(@Context UriInfo uri, @Context SecurityContext security) {
        QueryParameters query = new QueryParameters(uri, Set.of("kind", "by", "limit", "after"));
        Map<String, Object> page = view.list(
                Callers.of(security), query.text("kind"), query.text("by"), query.limit(), query.text("after"));
        return Response.ok(page).build();
    }

    @GET
    @Path("/{id}")
    public Response get(@PathParam("id") String id, @Context UriInfo uri, @Context SecurityContext security) {
        new QueryParameters(uri, Set.of());
        return Response.ok(view.get(Callers.of(security), id(id))).build();
    }

    @GET
    @Path("/{id}/changes")
    public Response changes(@PathParam("id") String id, @Context UriInfo uri, @Context SecurityContext security) {
        QueryParameters query = new QueryParameters(uri, Set.of("limit", "after"));
        return Response.ok(view.changes(Callers.of(security), id(id), query.limit(), query.text("after")))
                .build();
    }

    @GET
    @Path("/{id}/problems")
    public Response problems(@PathParam("id") String id, @Context UriInfo uri, @Context SecurityContext security) {
        QueryParameters query = new QueryParameters(uri, Set.of("limit", "after"));
        return Response.ok(view.problems(Callers.of(security), id(id), query.limit(), query.text("after")))
                .build();
    }

    @GET
    @Path("/{id}/undo")
    public Response preview(@PathParam("id") String id, @Context UriInfo uri, @Context SecurityContext security) {
        new QueryParameters(uri, Set.of());
        return Response.ok(view.preview(Callers.of(security), id(id))).build();
    }

    @POST
    @Path("/{id}/undo")
    public Response undo(@PathParam("id") String id, @Context UriInfo uri, @Context SecurityContext security) {
        new QueryParameters(uri, Set.of());
        Caller caller = Callers.of(security);
        Undos.Begun begun = undos.begin(caller, id(id));
        Map<String, Object> job = new LinkedHashMap<>(jobs.get(caller, begun.job()));
        job.put("changeSet", Ids.toText(begun.changeSet()));
        URI location = uri.getBaseUriBuilder()
                .path("jobs")
                .path(Ids.toText(begun.job()))
                .build();
        return Response.accepted(job).location(location).build();
    }

    private static long id(String text) {
        return Ids.fromText(text).orElseThrow(() -> new NotFound("changeSet.notFound", Map.of("id", text)));
    }
}
