// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit.guide;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.module.ActiveModule;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.api.record.Change;
import org.trelliscrm.api.record.ChangeListener;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.ListQuery;
import org.trelliscrm.api.record.Records;

/** Prepares a car for the customer of each deal that is won: the listener of docs/partner.md. */
@Component
public final class HandOver implements ChangeListener {

    private final Records records;

    @Activate
    public HandOver(@Reference Records records, @Reference(target = "(id=fleet)") ActiveModule self) {
        this.records = records;
    }

    @Override
    public String name() {
        return "fleet.hand-over";
    }

    @Override
    public Set<String> types() {
        return Set.of("deal");
    }

    @Override
    public void changed(List<Change> changes) {
        changes.stream().filter(change -> change.verb().equals("win")).forEach(this::prepareCar);
    }

    private void prepareCar(Change change) {
        Caller system = Caller.system(change.tenant());
        ListQuery carsOfDeal = ListQuery.of("car", Filter.eq("deal", change.record()));
        if (!records.list(system, carsOfDeal).items().isEmpty()) {
            return; // seen before
        }
        try {
            Map<String, Object> deal = records.get(system, "deal", change.record());
            Map<String, Object> car = new HashMap<>();
            car.put("deal", deal.get("id"));
            car.put("contact", deal.get("contact"));
            car.put("model", deal.get("name"));
            records.create(system, "car", car);
        } catch (NotFound gone) {
            // The deal is in the trash by now, or its module has been removed.
        }
    }
}
