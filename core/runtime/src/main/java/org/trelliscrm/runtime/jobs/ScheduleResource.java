// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.ws.rs.GET;
import javax.ws.rs.PATCH;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
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
import org.trelliscrm.runtime.rest.Body;
import org.trelliscrm.runtime.rest.Callers;

/** {@code /api/schedules}: what runs by itself, and when. */
@Component(service = ScheduleResource.class)
@Path("/schedules")
@Produces(MediaType.APPLICATION_JSON)
public class ScheduleResource {

    private final Schedules schedules;
    private final JobQueue queue;

    @Activate
    public ScheduleResource(@Reference Schedules schedules, @Reference JobQueue queue) {
        this.schedules = schedules;
        this.queue = queue;
    }

    @GET
    public Response list(@Context SecurityContext context) {
        return Response.ok(Map.of(
                        "items",
                        schedules.list(Callers.of(context)).stream()
                                .map(ScheduleResource::json)
                                .toList()))
                .build();
    }

    @GET
    @Path("{id}")
    public Response get(@Context SecurityContext context, @PathParam("id") String id) {
        return Response.ok(json(schedules.get(Callers.of(context), id(id)))).build();
    }

    @PATCH
    @Path("{id}")
    public Response change(@Context SecurityContext context, @PathParam("id") String id, InputStream body) {
        Map<String, Object> patch = Body.object(body);
        Invalid.Collector problems = new Invalid.Collector();
        patch.keySet().stream()
                .filter(name -> !Set.of("paused").contains(name))
                .forEach(name -> problems.add(name, "field.unknown", Map.of()));
        Object paused = patch.get("paused");
        if (!(paused instanceof Boolean)) {
            problems.add("paused", "field.notBoolean", Map.of());
        }
        problems.throwIfAny();
        return Response.ok(json(schedules.pause(Callers.of(context), id(id), Boolean.TRUE.equals(paused))))
                .build();
    }

    @POST
    @Path("{id}/run")
    public Response run(@Context SecurityContext context, @Context UriInfo uri, @PathParam("id") String id) {
        String job = Ids.toText(schedules.run(Callers.of(context), id(id)));
        queue.tellOfWork();
        return Response.accepted(Map.of("id", job, "state", JobState.QUEUED.text()))
                .location(uri.getBaseUriBuilder().path("jobs").path(job).build())
                .build();
    }

    private static Map<String, @Nullable Object> json(ScheduleEntry entry) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", Ids.toText(entry.id()));
        json.put("kind", entry.kind());
        json.put("times", entry.times());
        json.put("nextRun", entry.nextRun().toString());
        json.put("lastRun", text(entry.lastRun()));
        json.put("lastJob", entry.lastJob() == null ? null : Ids.toText(entry.lastJob()));
        json.put("paused", entry.paused());
        return json;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static long id(String text) {
        return Ids.fromText(text).orElseThrow(() -> new NotFound("schedule.notFound", Map.of("id", text)));
    }
}
