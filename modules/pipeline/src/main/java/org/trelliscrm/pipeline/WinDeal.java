// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.pipeline;

import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.trelliscrm.api.record.RecordAction;
import org.trelliscrm.api.record.RecordTransaction;

/** The verb {@code win} on a deal. */
@Component
public final class WinDeal implements RecordAction<Deal> {

    @Override
    public Class<Deal> type() {
        return Deal.class;
    }

    @Override
    public String name() {
        return "win";
    }

    @Override
    public Map<String, Object> run(Deal deal, Map<String, Object> input, RecordTransaction transaction) {
        deal.win(transaction.now());
        return Map.of();
    }
}
