// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.record.Change;
import org.trelliscrm.api.record.ChangeListener;
import org.trelliscrm.runtime.records.Engine;

/** What a listener may rely on; the same on each database. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class FeedTest {

    private static final Caller CALLER = Engine.caller(7, Rights.ALL);

    private final List<ChangeListener> bound = new ArrayList<>();
    private Engine engine;

    abstract Engine start();

    @BeforeAll
    void open() {
        engine = start();
        engine.feed.start();
    }

    @AfterAll
    void close() {
        engine.feed.stop();
        engine.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = engine.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from change_log");
            statement.execute("delete from change_reader");
        }
    }

    @AfterEach
    void unbind() {
        bound.forEach(engine.feed::unbindListener);
    }

    private void bind(ChangeListener listener) {
        bound.add(listener);
        engine.feed.bindListener(listener);
    }

    @Test
    void changesArriveInOrderWithWhatTheyChanged() throws InterruptedException {
        Listener listener = new Listener("things.reader");
        bind(listener);

        engine.records.create(CALLER, "thing", Map.of("name", "first", "size", 1));
        engine.records.create(CALLER, "thing", Map.of("name", "second"));

        Change first = listener.next();
        Change second = listener.next();
        assertThat(first.fields().get("size")).isEqualTo(new Change.FieldChange(null, 1));
        assertThat(first.actor()).isEqualTo(7L);
        assertThat(second.fields().get("name").after()).isEqualTo("second");
        assertThat(second.position()).isGreaterThan(first.position());
    }

    @Test
    void aTransactionThatBeganEarlyAndCommitsLateIsNotPassedOver() throws Exception {
        Listener listener = new Listener("things.reader");
        bind(listener);
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        Thread slow = new Thread(() -> engine.records.inTransaction(CALLER, Engine.type(), transaction -> {
            Engine.create(transaction, "early but late");
            written.countDown();
            await(mayCommit);
            return null;
        }));

        slow.start();
        await(written);
        engine.records.create(CALLER, "thing", Map.of("name", "late but early"));
        String before = name(listener.next());
        mayCommit.countDown();
        slow.join();
        String after = name(listener.next());

        assertThat(List.of(before, after)).containsExactly("late but early", "early but late");
    }

    @Test
    void whatAListenerFailedAtComesAgainAndNothingIsSkipped() throws InterruptedException {
        AtomicInteger failures = new AtomicInteger(2);
        Listener listener = new Listener("things.clumsy") {
            @Override
            public void changed(List<Change> changes) {
                if (failures.getAndDecrement() > 0) {
                    throw new IllegalStateException("not my day");
                }
                super.changed(changes);
            }
        };
        bind(listener);

        engine.records.create(CALLER, "thing", Map.of("name", "first"));
        engine.records.create(CALLER, "thing", Map.of("name", "second"));

        assertThat(List.of(name(listener.next()), name(listener.next()))).containsExactly("first", "second");
    }

    @Test
    void aListenerThatReturnsGoesOnWhereItWas() throws InterruptedException {
        Listener listener = new Listener("things.reader");
        bind(listener);
        engine.records.create(CALLER, "thing", Map.of("name", "before"));
        listener.next();

        engine.feed.unbindListener(listener);
        engine.records.create(CALLER, "thing", Map.of("name", "meanwhile"));
        Listener returned = new Listener("things.reader");
        bind(returned);

        assertThat(name(returned.next())).isEqualTo("meanwhile");
    }

    private static String name(Change change) {
        return String.valueOf(change.fields().get("name").after());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static class Listener implements ChangeListener {
        private final String name;
        private final LinkedBlockingQueue<Change> seen = new LinkedBlockingQueue<>();

        Listener(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void changed(List<Change> changes) {
            seen.addAll(changes);
        }

        Change next() throws InterruptedException {
            Change change = seen.poll(30, TimeUnit.SECONDS);
            assertThat(change).as("a change within 30 s").isNotNull();
            return change;
        }
    }
}
