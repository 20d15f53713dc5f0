// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trelliscrm.api.access.Throttled;

class PasswordsTest {

    private final Passwords passwords = new Passwords(new PasswordHash(64, 1));

    @Test
    void nothingFitsWhereThereIsNoPassword() {
        assertThat(passwords.fits("four words that fit", null)).isFalse();
    }

    @Test
    void aOneTimePasswordFitsAndNoOther() {
        String password = Secrets.oneTimePassword();
        String kept = passwords.hashOneTime(password);

        assertThat(passwords.fits(password, kept)).isTrue();
        assertThat(passwords.fits(Secrets.oneTimePassword(), kept)).isFalse();
    }

    @Test
    @Timeout(30)
    void aFloodOfSignInsTakesTwoTurnsAtATimeAndTheRestIsSentAway() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch full = new CountDownLatch(2);
        // Of forty, two have their turn and sixteen wait.
        CountDownLatch refused = new CountDownLatch(22);
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        ExecutorService pool = Executors.newCachedThreadPool();
        for (int i = 0; i < 40; i++) {
            pool.execute(() -> {
                try {
                    passwords.inTurn(() -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        full.countDown();
                        await(release);
                        return now.decrementAndGet();
                    });
                } catch (Throttled e) {
                    refused.countDown();
                }
            });
        }
        full.await();
        refused.await();

        assertThatExceptionOfType(Throttled.class)
                .isThrownBy(() -> passwords.inTurn(() -> 0))
                .satisfies(problem -> assertThat(problem.retryAfter()).isPositive());
        release.countDown();
        pool.shutdown();

        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(2);
        assertThat(passwords.inTurn(() -> "free again")).isEqualTo("free again");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
