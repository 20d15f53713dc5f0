// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
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
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.history.AuditJob;
import org.trelliscrm.runtime.jobs.JobJson;

/** {@code /api/audit}: whether anybody has tampered with the record of changes. */
@Component(service = AuditResource.class)
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private final Jobs jobs;
    private final JobJson json;

    @Activate
    public AuditResource(@Reference Jobs jobs, @Reference JobJson json) {
        this.jobs = jobs;
        this.json = json;
    }

    @POST
    @Path("/verification")
    public Response verify(@Context UriInfo uri, @Context SecurityContext security) {
        new QueryParameters(uri, Set.of());
        Caller caller = Callers.of(security);
        if (!caller.rights().allows("audit", "verify")) {
            throw Denied.right("audit", "verify");
        }
        long job = jobs.enqueue(caller, AuditJob.KIND, Map.of());
        URI location =
                uri.getBaseUriBuilder().path("jobs").path(Ids.toText(job)).build();
        return Response.accepted(json.get(caller, job)).location(location).build();
    }
}
