// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Somebody without credentials who asks for careless addresses all the time, until it is closed. */
final class Stranger implements AutoCloseable {

    private static final int ENOUGH_ROUNDS = 25;

    private final Requests requests = Requests.withoutKey();
    private final Set<String> answers = new ConcurrentSkipListSet<>();
    private final Thread thread = new Thread(this::ask, "stranger");
    private volatile boolean over;
    private volatile int rounds;
    private volatile Throwable failure;

    Stranger() {
        thread.setUncaughtExceptionHandler((dead, reason) -> failure = reason);
        thread.start();
    }

    private void ask() {
        while (!over) {
            for (String path : Careless.PATHS) {
                HttpResponse<String> answer = requests.get(path);
                answers.add(answer.body().contains(Careless.SECRET) ? "open: " + path : "" + answer.statusCode());
            }
            rounds++;
        }
    }

    /** Returns when all has been asked for several times more. */
    void askOn() {
        int before = rounds;
        Await.until(
                "it was asked for more often",
                Server.PATIENCE,
                () -> rounds - before,
                more -> failure != null || more >= ENOUGH_ROUNDS);
        assertThat(failure).isNull();
    }

    /** The different answers so far: status codes, or what stood open. */
    Set<String> answers() {
        return answers;
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
