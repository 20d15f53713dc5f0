// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.activities;

import org.osgi.service.component.annotations.Component;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Changes;
import org.trelliscrm.api.record.RecordHook;
import org.trelliscrm.api.record.RecordTransaction;

/** Keeps activities in order: times that follow each other, a moment for what is done, somebody who does it. */
@Component
public final class ActivityRules implements RecordHook<Activity> {

    @Override
    public Class<Activity> type() {
        return Activity.class;
    }

    @Override
    public void beforeSave(Activity activity, Changes changes, RecordTransaction transaction) {
        boolean becameSomethingElse = !changes.isNew() && changes.has("kind") && !changes.has("direction");
        if (becameSomethingElse) {
            activity.forgetDirectionIfNone();
        }
        Invalid.Collector problems = new Invalid.Collector();
        activity.check(problems);
        problems.throwIfAny();

        activity.settle(transaction.now());
        Long creator = transaction.caller().user();
        if (changes.isNew() && creator != null) {
            activity.assignIfNobody(creator);
        }
    }
}
