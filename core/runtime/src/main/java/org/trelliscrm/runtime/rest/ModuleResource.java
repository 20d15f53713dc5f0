// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
import org.trelliscrm.api.job.Jobs;
import org.trelliscrm.api.module.Modules;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.modules.ModuleJob;

/** {@code /api/modules}: what is installed and what could be; installing and removing are jobs. */
@Component(service = ModuleResource.class)
@Path("/modules")
@Produces(MediaType.APPLICATION_JSON)
public class ModuleResource {

    private final Modules modules;
    private final Jobs jobs;

    @Activate
    public ModuleResource(@Reference Modules modules, @Reference Jobs jobs) {
        this.modules = modules;
        this.jobs = jobs;
    }

    @GET
    public Response list(@Context SecurityContext security) {
        return Response.ok(Map.of(
                        "items",
                        modules.list(Callers.of(security)).stream()
                                .map(ModuleResource::describe)
                                .toList()))
                .build();
    }

    @GET
    @Path("/{id}")
    public Response get(@PathParam("id") String id, @Context SecurityContext security) {
        return Response.ok(describe(modules.get(Callers.of(security), id))).build();
    }

    @POST
    @Path("/{id}/install")
    public Response install(@PathParam("id") String id, @Context UriInfo uri, @Context SecurityContext security) {
        return enqueue(ModuleJob.INSTALL, id, uri, Callers.of(security));
    }

    @POST
    @Path("/{id}/remove")
    public Response remove(@PathParam("id") String id, @Context UriInfo uri, @Context SecurityContext security) {
        return enqueue(ModuleJob.REMOVE, id, uri, Callers.of(security));
    }

    private Response enqueue(String kind, String id, UriInfo uri, Caller caller) {
        // Who may not, or asks for what is not there, hears it now and not from a job.
        modules.get(caller, id);
        String job = Ids.toText(jobs.enqueue(caller, kind, Map.of("module", id)));
        URI location = uri.getBaseUriBuilder().path("jobs").path(job).build();
        return Response.accepted(Map.of("id", job, "kind", kind, "state", "queued"))
                .location(location)
                .build();
    }

    /** A module, JSON-shaped. */
    static Map<String, Object> describe(Modules.Info module) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", module.id());
        json.put("version", module.version());
        json.put("state", module.state().name().toLowerCase(Locale.ROOT));
        json.put("name", module.name());
        json.put("description", module.description());
        json.put("problem", module.problem());
        return json;
    }
}
