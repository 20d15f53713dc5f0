// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
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
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.rest.Callers;
import org.trelliscrm.runtime.rest.QueryParameters;

/** {@code /api/jobs}: what became of work that takes longer than a request. */
@Component(service = JobResource.class)
@javax.ws.rs.Path("/jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobResource {

    private static final int MAX_LIMIT = 200;

    private final JobQueue queue;
    private final JobFolders folders;
    private final JobJson json;

    @Activate
    public JobResource(@Reference JobQueue queue, @Reference JobFolders folders, @Reference JobJson json) {
        this.queue = queue;
        this.folders = folders;
        this.json = json;
    }

    @GET
    public Response list(@Context UriInfo uri, @Context SecurityContext context) {
        Caller caller = Callers.of(context);
        QueryParameters query = new QueryParameters(uri, Set.of("limit", "after", "state", "kind", "all"));
        int limit = limit(query.text("limit", "50"));
        List<JobEntry> jobs = queue.list(
                caller, query.flag("all"), state(query.text("state")), query.text("kind"), after(query), limit + 1);
        List<JobEntry> page = jobs.size() > limit ? jobs.subList(0, limit) : jobs;
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put(
                "items", page.stream().map(job -> json.of(job, caller.locale())).toList());
        body.put("next", jobs.size() > limit ? Ids.toText(page.get(limit - 1).id()) : null);
        return Response.ok(body).build();
    }

    private static @Nullable JobState state(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(JobState.values())
                .filter(state -> state.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new Invalid("job.unknownState", Map.of("state", text)));
    }

    private static @Nullable Long after(QueryParameters query) {
        String cursor = query.text("after");
        if (cursor == null) {
            return null;
        }
        return Ids.fromText(cursor).orElseThrow(() -> new Invalid("cursor.invalid", Map.of()));
    }

    private static int limit(String text) {
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MAX_LIMIT) {
            return Integer.parseInt(text);
        }
        throw new Invalid("limit.outOfRange", Map.of("min", 1, "max", MAX_LIMIT));
    }

    @GET
    @javax.ws.rs.Path("{id}")
    public Response get(@Context SecurityContext context, @PathParam("id") String id) {
        Caller caller = Callers.of(context);
        return Response.ok(json.of(queue.get(caller, id(id)), caller.locale())).build();
    }

    @DELETE
    @javax.ws.rs.Path("{id}")
    public Response cancel(@Context SecurityContext context, @PathParam("id") String id) {
        Caller caller = Callers.of(context);
        JobEntry job = queue.cancel(caller, id(id));
        return Response.status(job.state().isOver() ? Response.Status.OK : Response.Status.ACCEPTED)
                .entity(json.of(job, caller.locale()))
                .build();
    }

    @POST
    @javax.ws.rs.Path("{id}/retry")
    public Response retry(@Context SecurityContext context, @PathParam("id") String id) {
        Caller caller = Callers.of(context);
        return Response.accepted(json.of(queue.retry(caller, id(id)), caller.locale()))
                .build();
    }

    @GET
    @javax.ws.rs.Path("{id}/files/{name}")
    @Produces(MediaType.WILDCARD)
    public Response file(@Context SecurityContext context, @PathParam("id") String id, @PathParam("name") String name) {
        JobEntry job = queue.get(Callers.of(context), id(id));
        // Only what the job has offered, compared as a whole: no part of the address ever becomes a path.
        JobFile file = job.files().stream()
                .filter(offered -> offered.name().equals(name))
                .findFirst()
                .orElseThrow(() -> noFile(name));
        Path path = folders.find(job.id(), file).orElseThrow(() -> noFile(name));
        return Response.ok(path.toFile(), file.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file.name() + "\"")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private static long id(String text) {
        return Ids.fromText(text).orElseThrow(() -> new NotFound("job.notFound", Map.of("id", text)));
    }

    private static NotFound noFile(String name) {
        return new NotFound("job.fileNotFound", Map.of("name", name));
    }
}
