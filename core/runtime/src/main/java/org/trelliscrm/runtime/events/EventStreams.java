// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Throttled;
import org.trelliscrm.api.problem.Problem;
import org.trelliscrm.api.record.Change;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.feed.Topic;
import org.trelliscrm.runtime.records.VisibleChanges;
import org.trelliscrm.runtime.security.Gate;
import org.trelliscrm.runtime.security.Gate.Credentials;

/**
 * Brings changes to all who watch, with one thread. It reads the feed from the database, where changes of other nodes come
 * too; watchers at the same place, which nearly all are, share one statement. Whoever does not take what was sent, or has
 * fallen too far behind, is told to load anew.
 */
@Component(service = EventStreams.class)
public class EventStreams {

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    private static final Duration LOOK = Duration.ofMillis(300);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BATCH = 200;
    private static final long MOST_BEHIND = 5_000;
    private static final int MOST_WATCHERS = 2_000;
    private static final int MOST_OF_ONE = 20;
    private static final String RELOAD = "reload";

    private final VisibleChanges changes;
    private final Gate gate;
    private final Clock clock;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread one = new Thread(task, "crm-events");
        one.setDaemon(true);
        return one;
    });

    @Activate
    public EventStreams(@Reference VisibleChanges changes, @Reference Gate gate, @Reference Clock clock) {
        this.changes = changes;
        this.gate = gate;
        this.clock = clock;
    }

    @Activate
    void start() {
        thread.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Refuses whoever has enough streams open already. */
    void requireRoom(Caller caller) {
        long own = watchers.stream()
                .filter(one -> one.caller().tenant() == caller.tenant())
                .filter(one -> Objects.equals(one.caller().user(), caller.user()))
                .count();
        if (own >= MOST_OF_ONE || watchers.size() >= MOST_WATCHERS) {
            throw new Throttled(HEARTBEAT);
        }
    }

    /**
     * Begins to tell.
     *
     * @param seen the place in the feed up to which the watcher has seen everything; empty for one who begins
     */
    void add(Watcher.Line line, Credentials credentials, Caller caller, List<String> wishes, OptionalLong seen) {
        long end = changes.end();
        boolean lost = seen.isPresent() && (end - seen.getAsLong() > MOST_BEHIND || seen.getAsLong() > end);
        Watcher watcher =
                new Watcher(line, credentials, caller, wishes, lost ? end : seen.orElse(end), clock.instant());
        watcher.send(lost ? RELOAD : null, lost ? "{}" : "", clock.instant());
        watchers.add(watcher);
    }

    /** One round: what is new, signs of life, and who has gone. */
    void look() {
        try {
            watchers.removeIf(Watcher::isOver);
            Map<Long, List<Watcher>> places = new HashMap<>();
            for (Watcher watcher : watchers) {
                if (!watcher.isBusy()) {
                    places.computeIfAbsent(watcher.position(), place -> new ArrayList<>())
                            .add(watcher);
                } else if (clock.instant().isAfter(watcher.heard().plus(PATIENCE))) {
                    drop(watcher);
                }
            }
            places.forEach(this::tell);
        } catch (RuntimeException e) {
            // The schedule would end with it; a database that is away comes back.
            LOG.warn("live changes cannot be read, trying again: {}", e.toString());
        }
    }

    private void tell(long place, List<Watcher> there) {
        List<Change> news = changes.after(place, BATCH);
        for (Watcher watcher : there) {
            try {
                tell(watcher, news);
            } catch (Problem | IllegalStateException e) {
                // The session or the key has ended, or the reader has just gone.
                LOG.debug("a stream ends: {}", e.toString());
                drop(watcher);
            }
        }
    }

    private void tell(Watcher watcher, List<Change> news) {
        Instant now = clock.instant();
        Instant heard = watcher.heard();
        boolean silent = now.isAfter(heard.plus(HEARTBEAT)) || now.isBefore(heard);
        List<Change> wanted =
                news.stream().filter(change -> watcher.wants(Topic.of(change))).toList();
        if (silent || !wanted.isEmpty()) {
            watcher.nowIs(gate.caller(watcher.credentials()));
        }
        boolean told = false;
        for (Change change : wanted) {
            Optional<Map<String, @Nullable Object>> seen = changes.named(watcher.caller(), change);
            if (seen.isPresent()) {
                watcher.moveTo(change.position());
                watcher.send(null, Json.write(seen.get()), now);
                told = true;
            }
        }
        if (!news.isEmpty()) {
            watcher.moveTo(news.get(news.size() - 1).position());
        }
        if (silent && !told) {
            watcher.send(null, "", now);
        }
    }

    private void drop(Watcher watcher) {
        watchers.remove(watcher);
        watcher.close();
    }

    @Deactivate
    void stop() {
        thread.shutdown();
        watchers.forEach(this::drop);
    }
}
