// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.activities;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.trelliscrm.api.record.RecordAction;
import org.trelliscrm.api.record.RecordTransaction;

/** The verb {@code complete} on an activity; says what came of it, if anything did. */
@Component
public final class CompleteActivity implements RecordAction<Activity> {

    private static final String OUTCOME = "outcome";

    @Override
    public Class<Activity> type() {
        return Activity.class;
    }

    @Override
    public String name() {
        return "complete";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(new Parameter(OUTCOME, Parameter.Kind.TEXT, false));
    }

    @Override
    public Map<String, Object> run(Activity activity, Map<String, Object> input, RecordTransaction transaction) {
        activity.complete((String) input.get(OUTCOME));
        return Map.of();
    }
}
