// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.ListQuery;
import org.trelliscrm.api.record.Page;
import org.trelliscrm.api.record.RecordTransaction;
import org.trelliscrm.api.record.RecordType;
import org.trelliscrm.api.record.Records;

/**
 * The records of a {@link FakeTransaction} by the names of their types: transactions, and lists as bare ids. What a test of
 * a module's own components does not need is not there.
 */
public final class FakeRecords implements Records {

    private final FakeTransaction transaction;
    private final Runnable committed;

    public FakeRecords(FakeTransaction transaction) {
        this(transaction, () -> {});
    }

    /** @param committed called after each transaction */
    public FakeRecords(FakeTransaction transaction, Runnable committed) {
        this.transaction = transaction;
        this.committed = committed;
    }

    @Override
    public <R> R inTransaction(Caller caller, Class<? extends BaseRecord> type, Function<RecordTransaction, R> work) {
        Caller before = transaction.caller();
        try {
            R result = work.apply(transaction.as(caller));
            committed.run();
            return result;
        } finally {
            transaction.as(before);
        }
    }

    @Override
    public Page list(Caller caller, ListQuery query) {
        List<BaseRecord> records =
                query.trash() ? transaction.trashed(BaseRecord.class) : transaction.all(BaseRecord.class);
        List<Map<String, Object>> items = records.stream()
                .filter(record -> typeOf(record).equals(query.type()))
                .filter(record -> Matching.fits(query.filter(), record))
                .limit(query.limit())
                .map(record -> Map.of("id", (Object) record.id()))
                .toList();
        return new Page(items, null, null);
    }

    private static String typeOf(BaseRecord record) {
        return record.getClass().getAnnotation(RecordType.class).name();
    }

    @Override
    public boolean has(String type) {
        return true;
    }

    @Override
    public Map<String, Object> get(Caller caller, String type, long id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> create(Caller caller, String type, Map<String, Object> values) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> update(
            Caller caller, String type, long id, Map<String, Object> patch, @Nullable Integer version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void trash(Caller caller, String type, long id, @Nullable Integer version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> restore(Caller caller, String type, long id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ActionResult act(
            Caller caller, String type, long id, String action, Map<String, Object> input, @Nullable Integer version) {
        throw new UnsupportedOperationException();
    }
}
