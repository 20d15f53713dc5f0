// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.events;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.runtime.feed.Topic;
import org.trelliscrm.runtime.security.Gate.Credentials;

/**
 * One open stream: a place in the change feed, and what was sent last. What it has not seen yet stays in the database, so
 * one who reads slowly costs no memory.
 */
final class Watcher {

    private final Line line;
    private final Credentials credentials;
    private final List<String> wishes;
    private volatile Caller caller;
    private long position;
    private Instant heard;
    private @Nullable CompletionStage<?> sending;

    /** The way to the one who watches. */
    interface Line {

        /** Sends one event; an empty text is a sign of life that carries only the place. */
        CompletionStage<?> send(@Nullable String name, long id, String data);

        boolean isClosed();

        void close();
    }

    Watcher(Line line, Credentials credentials, Caller caller, List<String> wishes, long position, Instant now) {
        this.line = line;
        this.credentials = credentials;
        this.caller = caller;
        this.wishes = List.copyOf(wishes);
        this.position = position;
        this.heard = now;
    }

    boolean wants(Topic topic) {
        return wishes.stream().anyMatch(topic::fits);
    }

    void send(@Nullable String name, String data, Instant now) {
        heard = now;
        sending = line.send(name, position, data);
    }

    /** Whether what was sent last has not been taken yet. */
    boolean isBusy() {
        CompletionStage<?> last = sending;
        return last != null && !last.toCompletableFuture().isDone();
    }

    boolean isOver() {
        CompletionStage<?> last = sending;
        return line.isClosed() || last != null && last.toCompletableFuture().isCompletedExceptionally();
    }

    void close() {
        line.close();
    }

    /** When something was sent last. */
    Instant heard() {
        return heard;
    }

    long position() {
        return position;
    }

    void moveTo(long place) {
        position = place;
    }

    Credentials credentials() {
        return credentials;
    }

    Caller caller() {
        return caller;
    }

    void nowIs(Caller known) {
        caller = known;
    }
}
