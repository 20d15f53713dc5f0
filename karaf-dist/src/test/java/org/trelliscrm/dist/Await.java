// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for states rather than for a time. */
final class Await {

    private static final Duration STEP = Duration.ofMillis(50);

    private Await() {}

    /** Looks again and again until what is seen fits. */
    static <T> T until(String what, Duration patience, Supplier<T> look, Predicate<T> fits) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            T seen = look.get();
            if (fits.test(seen)) {
                return seen;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + patience.toSeconds() + " s until " + what + "; it is " + seen);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(STEP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
