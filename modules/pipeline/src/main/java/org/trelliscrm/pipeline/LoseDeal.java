// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.pipeline;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.RecordAction;
import org.trelliscrm.api.record.RecordTransaction;

/** The verb {@code lose} on a deal. Without a reason nobody learns from it. */
@Component
public final class LoseDeal implements RecordAction<Deal> {

    private static final String REASON = "reason";

    @Override
    public Class<Deal> type() {
        return Deal.class;
    }

    @Override
    public String name() {
        return "lose";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(new Parameter(REASON, Parameter.Kind.TEXT, true));
    }

    @Override
    public Map<String, Object> run(Deal deal, Map<String, Object> input, RecordTransaction transaction) {
        String reason = input.get(REASON) instanceof String text ? text.strip() : "";
        if (reason.isEmpty()) {
            throw Invalid.field(REASON, "field.required", Map.of());
        }
        if (reason.length() > Deal.MAX_REASON) {
            throw Invalid.field(REASON, "field.tooLong", Map.of("max", Deal.MAX_REASON, "length", reason.length()));
        }
        deal.lose(reason, transaction.now());
        return Map.of();
    }
}
