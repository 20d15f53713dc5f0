// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.activities;

import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.trelliscrm.api.record.RecordAction;
import org.trelliscrm.api.record.RecordTransaction;

/** The verb {@code reopen} on an activity that was done or cancelled. */
@Component
public final class ReopenActivity implements RecordAction<Activity> {

    @Override
    public Class<Activity> type() {
        return Activity.class;
    }

    @Override
    public String name() {
        return "reopen";
    }

    @Override
    public Map<String, Object> run(Activity activity, Map<String, Object> input, RecordTransaction transaction) {
        activity.reopen();
        return Map.of();
    }
}
