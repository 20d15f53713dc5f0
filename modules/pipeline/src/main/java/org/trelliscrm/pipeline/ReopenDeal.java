// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.pipeline;

import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.trelliscrm.api.record.RecordAction;
import org.trelliscrm.api.record.RecordTransaction;

/** The verb {@code reopen} on a deal. */
@Component
public final class ReopenDeal implements RecordAction<Deal> {

    @Override
    public Class<Deal> type() {
        return Deal.class;
    }

    @Override
    public String name() {
        return "reopen";
    }

    @Override
    public Map<String, Object> run(Deal deal, Map<String, Object> input, RecordTransaction transaction) {
        deal.reopen();
        return Map.of();
    }
}
