// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Remembers for a few seconds what was just read, because every request asks for it. What is not there is not remembered,
 * so strangers cannot fill it. Bounded; thread-safe.
 */
final class Recent<K, V> {

    /** Two of them one after the other make the five seconds in which a change reaches every node. */
    static final Duration KEEP = Duration.ofMillis(2400);

    private static final int BOUND = 10_000;

    private final Clock clock;
    private final AccessChanges changes;
    private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();

    Recent(Clock clock, AccessChanges changes) {
        this.clock = clock;
        this.changes = changes;
    }

    /** What is remembered, else what is read. */
    Optional<V> get(K key, Supplier<Optional<V>> read) {
        long now = clock.millis();
        Entry<V> entry = entries.get(key);
        if (entry != null && isRecent(entry, now)) {
            return Optional.of(entry.value);
        }
        Optional<V> value = read.get();
        if (value.isEmpty()) {
            entries.remove(key);
        } else {
            makeRoom(now);
            // Not the moment after reading: the database may have answered before a change and the network after it.
            entries.put(key, new Entry<>(value.get(), now));
        }
        return value;
    }

    /** Forgets one entry. */
    void forget(K key) {
        entries.remove(key);
    }

    // A clock that was put back must not keep entries alive.
    private boolean isRecent(Entry<V> entry, long now) {
        return entry.readAt >= changes.settledAt() && entry.readAt <= now && now - entry.readAt < KEEP.toMillis();
    }

    private void makeRoom(long now) {
        if (entries.size() >= BOUND) {
            entries.values().removeIf(entry -> !isRecent(entry, now));
        }
        if (entries.size() >= BOUND) {
            entries.clear();
        }
    }

    private record Entry<V>(V value, long readAt) {}
}
