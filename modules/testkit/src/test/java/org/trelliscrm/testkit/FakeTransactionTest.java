// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Changes;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.Filter.Operator;
import org.trelliscrm.api.record.RecordHook;
import org.trelliscrm.api.record.RecordTransaction;

class FakeTransactionTest {

    private final List<String> heard = new ArrayList<>();
    private final FakeClock clock = new FakeClock("2026-03-01T09:00:00Z");
    private final FakeTransaction transaction = new FakeTransaction(clock, new Listening());

    @Test
    void aHookHearsWhatChanged() {
        Thing thing = transaction.create(Thing.class, Map.of("name", "A", "size", 1));
        transaction.patch(thing, "name", "B");
        transaction.patch(thing, "name", "B");

        assertThat(heard)
                .containsExactly(
                        "before null [name, size]",
                        "after null [name, size]",
                        "before A [name]",
                        "after A [name]",
                        "before B []");
        assertThat(thing.version()).isEqualTo(1);
    }

    @Test
    void theTrashIsNotFound() {
        Thing thing = transaction.create(new Thing());

        transaction.trash(thing);

        assertThat(transaction.find(Thing.class, thing.id())).isEmpty();
        assertThat(transaction.count(Thing.class, Filter.ALL)).isZero();
        assertThat(transaction.trashed(Thing.class)).containsExactly(thing);

        transaction.restore(thing);

        assertThat(transaction.find(Thing.class, thing.id())).contains(thing);
    }

    @Test
    void filtersFindWhatFits() {
        Thing small = transaction.create(Thing.class, Map.of("name", "Small cup", "size", 1));
        clock.advance(Duration.ofDays(1));
        Thing large = transaction.create(Thing.class, Map.of("name", "Large pot", "size", 9));
        Thing nameless = transaction.create(new Thing());

        assertThat(found(Filter.eq("size", 9))).containsExactly(large);
        assertThat(found(Filter.eq("size", "9"))).containsExactly(large);
        assertThat(found(Filter.where("size", Operator.BETWEEN, 1, 5))).containsExactly(small);
        assertThat(found(Filter.where("size", Operator.IN, 1, 9))).containsExactly(small, large);
        assertThat(found(Filter.where("name", Operator.EMPTY))).containsExactly(nameless);
        assertThat(found(Filter.where("name", Operator.CONTAINS, "POT"))).containsExactly(large);
        assertThat(found(Filter.where("createdAt", Operator.GT, clock.instant().minusSeconds(1))))
                .containsExactly(large, nameless);
        assertThat(found(new Filter.Not(Filter.eq("size", 9)))).containsExactly(small, nameless);
        assertThat(transaction.list(Thing.class, Filter.ALL, 2)).containsExactly(small, large);
    }

    private List<Thing> found(Filter filter) {
        return transaction.list(Thing.class, filter, 10);
    }

    static class Thing extends BaseRecord {
        @Field
        private String name;

        @Field
        private Integer size;
    }

    private final class Listening implements RecordHook<Thing> {

        @Override
        public Class<Thing> type() {
            return Thing.class;
        }

        @Override
        public void beforeSave(Thing record, Changes changes, RecordTransaction inside) {
            heard.add("before " + changes.before("name") + " " + changes.fields());
        }

        @Override
        public void afterSave(Thing record, Changes changes, RecordTransaction inside) {
            heard.add("after " + changes.before("name") + " " + changes.fields());
        }
    }
}
