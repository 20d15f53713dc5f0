// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.rest.Problems;

/** A job as {@code GET /api/jobs/{id}} shows it. */
@Component(service = JobJson.class)
public class JobJson {

    private final JobQueue queue;
    private final Problems problems;

    @Activate
    public JobJson(@Reference JobQueue queue, @Reference Problems problems) {
        this.queue = queue;
        this.problems = problems;
    }

    /** A job that the caller may see. */
    public Map<String, Object> get(Caller caller, long id) {
        return of(queue.get(caller, id), caller.locale());
    }

    Map<String, Object> of(JobEntry job, Locale language) {
        String id = Ids.toText(job.id());
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("kind", job.kind());
        json.put("state", job.state().text());
        json.put("done", job.done());
        json.put("total", job.total());
        json.put("createdAt", text(job.createdAt()));
        json.put("startedAt", text(job.startedAt()));
        json.put("endedAt", text(job.endedAt()));
        json.put("outcome", job.outcome());
        json.put(
                "problem",
                job.problem() == null ? null : problems.describe(job.problem().exception(), language));
        json.put("attempts", job.attempts());
        json.put("notBefore", text(job.notBefore()));
        json.put("createdBy", job.createdBy() == null ? null : Ids.toText(job.createdBy()));
        json.put("files", job.files().stream().map(file -> file(id, file)).toList());
        return json;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static Map<String, Object> file(String id, JobFile file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", file.name());
        json.put("mediaType", file.mediaType());
        json.put("href", "/api/jobs/" + id + "/files/" + file.name());
        return json;
    }
}
