// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.ListQuery;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.filter.FilterParser;
import org.trelliscrm.runtime.records.Engine;
import org.trelliscrm.runtime.rest.ComeBack;

/** A key is noted with the record or not at all; the same on each database. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ClaimTest {

    private static final Caller BOSS = Engine.caller(7, Rights.ALL);
    private static final int NODES = 8;

    private Engine engine;
    private KeyTable table;

    abstract Engine start();

    @BeforeAll
    void open() {
        engine = start();
        table = new KeyTable(engine.dataSource);
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @AfterEach
    void unbind() {
        Claim.bind(null);
    }

    private static OnceKey key(String text) {
        return new OnceKey(1, 7, text);
    }

    private static Claim claim(OnceKey key) {
        Claim claim = new Claim(key, new HashedBody(new ByteArrayInputStream(new byte[] {1}), "POST /api/things"));
        Claim.bind(claim);
        return claim;
    }

    private int things(String name) {
        ListQuery query = new ListQuery(
                "thing",
                FilterParser.parse("name eq " + name),
                List.of(),
                20,
                null,
                List.of(),
                List.of(),
                false,
                false);
        return engine.records.list(BOSS, query).items().size();
    }

    @Test
    void aRecordIsWrittenWithItsKey() {
        Claim claim = claim(key("together"));

        Map<String, Object> created = engine.records.create(BOSS, "thing", Map.of("name", "together"));

        assertThat(claim.isCommitted()).isTrue();
        assertThat(table.find(key("together"))).hasValueSatisfying(done -> {
            assertThat(done.recordType()).isEqualTo("thing");
            assertThat(Ids.toText(done.recordId())).isEqualTo(created.get("id"));
            assertThat(done.answer()).isNull();
        });
    }

    @Test
    void aRecordThatIsRefusedLeavesNoKey() {
        Claim claim = claim(key("refused"));

        assertThatThrownBy(() -> engine.records.create(BOSS, "thing", Map.of("size", 3)))
                .isInstanceOf(Invalid.class);

        assertThat(claim.isCommitted()).isFalse();
        assertThat(table.find(key("refused"))).isEmpty();
    }

    @Test
    void ofManyNodesWithOneKeyOneWritesARecord() throws Exception {
        CyclicBarrier start = new CyclicBarrier(NODES);
        ExecutorService threads = Executors.newFixedThreadPool(NODES);
        List<Future<Boolean>> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(threads.submit(() -> {
                claim(key("race"));
                start.await();
                try {
                    engine.records.create(BOSS, "thing", Map.of("name", "race"));
                    return true;
                } catch (ComeBack e) {
                    return false;
                }
            }));
        }

        int written = 0;
        for (Future<Boolean> node : nodes) {
            written += node.get() ? 1 : 0;
        }
        threads.shutdown();

        assertThat(written).isEqualTo(1);
        assertThat(things("race")).isEqualTo(1);
    }

    @Test
    void onlyTheFirstWriteTakesTheKey() {
        claim(key("first"));

        engine.records.create(BOSS, "thing", Map.of("name", "first"));
        engine.records.create(BOSS, "thing", Map.of("name", "first"));

        assertThat(things("first")).isEqualTo(2);
    }

    @Test
    void aKeyOfAnotherUserOrTenantIsNotFound() {
        claim(key("mine"));
        engine.records.create(BOSS, "thing", Map.of("name", "mine"));

        assertThat(table.find(new OnceKey(1, 8, "mine"))).isEmpty();
        assertThat(table.find(new OnceKey(2, 7, "mine"))).isEmpty();
    }

    @Test
    void theAnswerIsKeptSealedAndForgottenInTime() {
        OnceKey key = key("sealed");
        claim(key);
        engine.records.create(BOSS, "thing", Map.of("name", "sealed"));

        table.answered(key, key.seal("the secret"));

        assertThat(table.find(key)).hasValueSatisfying(done -> {
            assertThat(done.answer()).doesNotContain("secret");
            assertThat(key.open(done.answer())).isEqualTo("the secret");
        });
        table.removeBefore(Instant.now().minus(Duration.ofMinutes(5)));
        assertThat(table.find(key)).isPresent();
        table.removeBefore(Instant.now().plus(Duration.ofMinutes(5)));
        assertThat(table.find(key)).isEmpty();
    }
}
