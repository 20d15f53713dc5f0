// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Problem;
import org.trelliscrm.runtime.records.TypeRegistry.ServingType;

/** The records of one batch, in one transaction; made by {@link RecordService}. */
final class RecordBatch implements BulkRecords.Batch {

    private final RecordService service;
    private final Caller caller;
    private final ServingType serving;
    private final RecordWriter writer;

    RecordBatch(RecordService service, Caller caller, ServingType serving, RecordWriter writer) {
        this.service = service;
        this.caller = caller;
        this.serving = serving;
        this.writer = writer;
        writer.gather();
    }

    @Override
    public void expect(Collection<Long> ids) {
        writer.load(serving.info(), ids);
    }

    @Override
    public Map<String, Object> get(long id) {
        return service.get(caller, serving, id, writer);
    }

    @Override
    public Map<String, Object> create(Map<String, Object> values) {
        return separately(() -> service.create(caller, serving, values, writer));
    }

    @Override
    public Map<String, Object> update(long id, Map<String, Object> patch) {
        return separately(() -> service.update(caller, serving, id, patch, null, writer));
    }

    private Map<String, Object> separately(Supplier<Map<String, Object>> work) {
        int before = writer.saves();
        try {
            return work.get();
        } catch (Problem e) {
            if (writer.saves() > before) {
                // Something of it, perhaps what a hook has added, is among the rest already.
                throw new RecordWriter.Spoilt(e);
            }
            writer.forgetUnsaved();
            throw e;
        }
    }
}
