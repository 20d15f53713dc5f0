// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.job.Job;
import org.trelliscrm.api.job.JobContext;
import org.trelliscrm.api.job.Schedule;

/** Forgets each night the deliveries that ended a while ago. */
@Component(service = Job.class)
public class WebhookSweep implements Job {

    private static final Duration KEPT = Duration.ofDays(30);

    private final DeliveryTable deliveries;
    private final Clock clock;

    @Activate
    public WebhookSweep(@Reference DeliveryTable deliveries, @Reference Clock clock) {
        this.deliveries = deliveries;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "webhook-sweep";
    }

    @Override
    public Optional<Schedule> schedule() {
        return Optional.of(Schedule.cron("40 3 * * *", ZoneOffset.UTC));
    }

    @Override
    public boolean isBrief() {
        return true;
    }

    @Override
    public Map<String, Object> run(JobContext context) {
        return Map.of("removed", deliveries.removeEndedBefore(clock.instant().minus(KEPT)));
    }
}
