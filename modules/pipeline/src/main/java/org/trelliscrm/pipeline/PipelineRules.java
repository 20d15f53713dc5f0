// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.pipeline;

import java.util.Currency;
import java.util.Map;
import java.util.Objects;
import org.osgi.service.component.annotations.Component;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Changes;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.RecordHook;
import org.trelliscrm.api.record.RecordTransaction;

/** A new pipeline goes to the end, its currency is one that exists, and it stays as long as it has deals. */
@Component
public final class PipelineRules implements RecordHook<Pipeline> {

    @Override
    public Class<Pipeline> type() {
        return Pipeline.class;
    }

    @Override
    public void beforeSave(Pipeline pipeline, Changes changes, RecordTransaction transaction) {
        String currency = pipeline.currency();
        if (currency != null && !isCurrency(currency)) {
            throw Invalid.field("currency", "field.notCurrency", Map.of("value", currency));
        }
        if (pipeline.sortOrder() == null) {
            pipeline.sortAs(Sequence.end(Sequence.pipelines(transaction), Pipeline::sortOrder));
        }
    }

    private static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(known -> known.getCurrencyCode().equals(code));
    }

    @Override
    public void beforeTrash(Pipeline pipeline, RecordTransaction transaction) {
        long deals = transaction.count(Deal.class, Filter.eq("pipeline", Objects.requireNonNull(pipeline.id())));
        if (deals > 0) {
            throw new Conflict("pipeline.pipelineWithDeals", Map.of("count", deals));
        }
    }
}
