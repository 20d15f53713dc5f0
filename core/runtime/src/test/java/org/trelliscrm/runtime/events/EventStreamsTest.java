// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.FieldAccess;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.access.Throttled;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.record.Change;
import org.trelliscrm.api.record.ChangeListener;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.data.Queries;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.feed.FeedControl;
import org.trelliscrm.runtime.jobs.FakeClock;
import org.trelliscrm.runtime.records.Engine;
import org.trelliscrm.runtime.records.VisibleChanges;
import org.trelliscrm.runtime.security.Gate;
import org.trelliscrm.runtime.security.Gate.Credentials;

/** What those who watch may rely on; the same on each database. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class EventStreamsTest {

    private static final Caller ADMIN = Engine.caller(7, Rights.ALL);

    private final FakeClock clock = new FakeClock();
    private boolean signedIn;
    private Engine engine;
    private VisibleChanges changes;
    private EventStreams streams;

    abstract Engine start();

    @BeforeAll
    void open() {
        engine = start();
        changes = new VisibleChanges(engine.dataSource, engine.records, engine.types);
        FeedControl.start(engine.feed, new ChangeListener() {
            @Override
            public String name() {
                return "test.nobody";
            }

            @Override
            public void changed(List<Change> told) {
                // only so that the feed runs
            }
        });
    }

    @AfterAll
    void close() {
        FeedControl.stop(engine.feed);
        engine.close();
    }

    @BeforeEach
    void begin() {
        signedIn = true;
        streams = new EventStreams(changes, gate(), clock);
    }

    @Test
    void aChangeIsToldWithItsPlaceAndItsFieldsButNoValues() {
        Line line = watch(ADMIN, "thing/created");

        String id = thing("Teapot");
        told(line, 1);

        Event event = line.told().get(0);
        assertThat(event.json()).containsEntry("type", "thing").containsEntry("id", id);
        assertThat(event.json().get("fields").toString()).contains("name");
        assertThat(event.data()).doesNotContain("Teapot");
        assertThat(changes.at(event.id())).isPresent();
    }

    @Test
    void whatIsHiddenIsNotNamedAndWhatIsNotReachedIsNotTold() {
        Caller bela = Engine.caller(
                9,
                new Rights(
                        Map.of("thing", Map.of("read", Scope.OWN)),
                        Map.of("thing", Map.of("name", FieldAccess.HIDDEN))));
        Line own = watch(bela, "*");
        Line none = watch(Engine.caller(9, Rights.NONE), "*");
        Line elsewhere = watch(Engine.caller(2, 7, Rights.ALL), "*");
        Line all = watch(ADMIN, "*");

        thing("not Bela's");
        engine.records.create(Engine.caller(9, Rights.ALL), "thing", Map.of("name", "Bela's"));
        told(all, 2);
        look();

        assertThat(own.told()).hasSize(1);
        assertThat(own.told().get(0).json().get("fields").toString()).doesNotContain("name");
        assertThat(none.told()).isEmpty();
        assertThat(elsewhere.told()).isEmpty();
    }

    @Test
    void whoComesBackMissesNothing() {
        Line first = watch(ADMIN, "thing/*");
        thing("one");
        told(first, 1);
        long seen = first.told().get(0).id();
        thing("two");
        thing("three");
        ordered();

        Line second = new Line();
        streams.add(second, credentials(), ADMIN, List.of("thing/*"), OptionalLong.of(seen));
        told(second, 2);

        assertThat(second.told()).extracting(Event::id).doesNotContain(seen).isSorted();
    }

    @Test
    void whoComesBackAfterTooLongIsToldToLoadAnew() {
        Line line = new Line();

        streams.add(line, credentials(), ADMIN, List.of("*"), OptionalLong.of(Long.MAX_VALUE));

        assertThat(line.events).extracting(Event::name).containsExactly("reload");
    }

    @Test
    void whoDoesNotReadIsSentNothingMoreAndLeftAtLast() {
        Line slow = watch(ADMIN, "thing/*");
        Line other = watch(ADMIN, "thing/*");
        slow.reading = false;
        thing("one");
        told(other, 1);
        look();
        thing("two");
        told(other, 2);

        int kept = slow.told().size();
        clock.goOn(Duration.ofMinutes(1));
        look();

        assertThat(kept).as("the rest waits in the database").isEqualTo(1);
        assertThat(slow.closed).isTrue();
        assertThat(other.closed).isFalse();
    }

    @Test
    void theStreamEndsWithTheSession() {
        Line line = watch(ADMIN, "thing/*");

        signedIn = false;
        clock.goOn(Duration.ofSeconds(16));
        look();

        assertThat(line.closed).isTrue();
    }

    @Test
    void silenceIsBrokenBySignsOfLifeThatMoveThePlace() {
        Line line = watch(ADMIN, "other/*");
        thing("not asked for");
        ordered();
        look();

        clock.goOn(Duration.ofSeconds(16));
        look();

        assertThat(line.told()).isEmpty();
        assertThat(line.events.get(line.events.size() - 1).id()).isEqualTo(changes.end());
    }

    @Test
    void nobodyOpensStreamsWithoutEnd() {
        for (int i = 0; i < 20; i++) {
            streams.requireRoom(ADMIN);
            watch(ADMIN, "*");
        }

        assertThatThrownBy(() -> streams.requireRoom(ADMIN)).isInstanceOf(Throttled.class);
        streams.requireRoom(Engine.caller(8, Rights.ALL));
    }

    private Line watch(Caller caller, String... topics) {
        ordered();
        Line line = new Line();
        streams.add(line, credentials(caller), caller, List.of(topics), OptionalLong.empty());
        return line;
    }

    private static Credentials credentials() {
        return credentials(ADMIN);
    }

    private static Credentials credentials(Caller caller) {
        return new TestCredentials(caller).credentials();
    }

    private void told(Line line, int events) {
        until(() -> line.told().size() == events);
    }

    /** All changes have their places. */
    private void ordered() {
        Sql waiting = new Sql("select count(*) from change_log where feed_position is null");
        until(() -> new Queries(engine.dataSource)
                        .list(waiting, row -> row.getInt(1))
                        .get(0)
                == 0);
    }

    private void look() {
        streams.look();
    }

    private void until(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(30);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("in time").isBefore(end);
            streams.look();
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private String thing(String name) {
        return (String)
                engine.records.create(ADMIN, "thing", Map.of("name", name)).get("id");
    }

    /** Credentials that name the one whose they are. */
    private record TestCredentials(Caller caller) {

        private static final List<Caller> KNOWN = new ArrayList<>();

        Credentials credentials() {
            KNOWN.add(caller);
            return new Credentials("GET", Integer.toString(KNOWN.size() - 1), null, null);
        }

        static Caller of(Credentials credentials) {
            return KNOWN.get(Integer.parseInt(credentials.authorization()));
        }
    }

    private Gate gate() {
        return new Gate() {
            @Override
            public Caller caller(Credentials credentials) {
                if (!signedIn) {
                    throw Denied.unknownCaller("access.signInFirst");
                }
                return TestCredentials.of(credentials);
            }
        };
    }

    private record Event(String name, long id, String data) {
        Map<String, Object> json() {
            return Json.readObject(data);
        }
    }

    private static final class Line implements Watcher.Line {

        private final List<Event> events = new ArrayList<>();
        private boolean reading = true;
        private boolean closed;

        @Override
        public CompletionStage<?> send(String name, long id, String data) {
            events.add(new Event(name, id, data));
            return reading ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
        }

        List<Event> told() {
            return events.stream().filter(event -> !event.data().isEmpty()).toList();
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
