// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.custom;

import java.util.Map;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.job.Job;
import org.trelliscrm.api.job.JobContext;
import org.trelliscrm.runtime.feed.ChangeSets;
import org.trelliscrm.runtime.records.RecordService;

/** Computes a new or changed formula for the records that are there already, in chunks that anybody may come between. */
@Component(service = Job.class)
public class ComputeJob implements Job {

    static final String KIND = "custom-field-compute";

    private static final int CHUNK = 100;

    private final RecordService records;

    @Activate
    public ComputeJob(@Reference RecordService records) {
        this.records = records;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Map<String, Object> run(JobContext context) {
        String type = (String) Objects.requireNonNull(context.input().get("type"));
        Number total = (Number) Objects.requireNonNull(context.input().get("rows"));
        ChangeSets.within(context.id(), () -> {
            long last = 0;
            long done = 0;
            do {
                last = records.recompute(context.caller().tenant(), type, last, CHUNK);
                done += CHUNK;
                context.progress(Math.min(done, total.longValue()), total.longValue());
            } while (last != 0 && !context.isCancelled());
        });
        return Map.of("type", type);
    }
}
