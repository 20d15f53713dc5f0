// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.history;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.job.Job;
import org.trelliscrm.api.job.JobContext;
import org.trelliscrm.runtime.feed.AuditVerification;

/** Verifies the audit chain. */
@Component(service = Job.class)
public class AuditJob implements Job {

    public static final String KIND = "audit-verification";

    private final AuditVerification verification;

    @Activate
    public AuditJob(@Reference AuditVerification verification) {
        this.verification = verification;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Map<String, Object> run(JobContext context) {
        AuditVerification.Finding finding = verification.verify((done, total) -> {
            context.progress(done, total);
            return !context.isCancelled();
        });
        Map<String, @Nullable Object> outcome = new LinkedHashMap<>();
        outcome.put("intact", finding.complete() && finding.fault() == null);
        outcome.put("after", finding.chainedAfter());
        outcome.put("position", finding.position());
        outcome.put("hash", finding.hash());
        outcome.put("fault", finding.fault() == null ? null : finding.fault().text());
        outcome.put("faultAt", finding.faultAt());
        return outcome;
    }
}
