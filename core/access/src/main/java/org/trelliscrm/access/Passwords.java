// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.trelliscrm.api.access.Throttled;

/**
 * Hashes and checks passwords, a few at a time: each takes 64 MiB and a good part of a second, on purpose, and a flood of
 * sign-ins must take neither the memory nor the threads from those who work.
 */
@Component(service = Passwords.class)
public final class Passwords {

    private static final int MEMORY_KIB = 64 * 1024;
    private static final int PASSES = 3;
    private static final int AT_ONCE = 2;
    private static final int WAITING = 16;
    private static final Duration COME_BACK = Duration.ofSeconds(3);

    /**
     * For {@link Secrets#oneTimePassword}: 115 random bits cannot be guessed however cheap a guess is, and the first start of an
     * installation need not wait for a costly one.
     */
    private static final PasswordHash ONE_TIME = new PasswordHash(64, 1);

    private final PasswordHash hash;
    private final Semaphore places = new Semaphore(AT_ONCE + WAITING);
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    @Activate
    public Passwords() {
        this(new PasswordHash(MEMORY_KIB, PASSES));
    }

    Passwords(PasswordHash hash) {
        this.hash = hash;
    }

    /**
     * Does work that hashes when it is its turn.
     *
     * @throws Throttled if too many wait already
     */
    <T> T inTurn(Supplier<T> work) {
        if (!places.tryAcquire()) {
            throw new Throttled(COME_BACK);
        }
        turns.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            turns.release();
            places.release();
        }
    }

    /** The text to keep of a password. Call it {@link #inTurn}. */
    String hash(String password) {
        return hash.of(password);
    }

    /** The text to keep of a {@link Secrets#oneTimePassword}. Needs no turn. */
    String hashOneTime(String password) {
        return ONE_TIME.of(password);
    }

    /**
     * Whether this is the password. Takes the same time if there is none to compare with, or one that is cheap to compare
     * with, so that nobody learns from it who is a user or has never signed in. Call it {@link #inTurn}.
     */
    boolean fits(String password, @Nullable String kept) {
        if (password.length() > PasswordRules.MAX_LENGTH) {
            return false;
        }
        if (kept == null || ONE_TIME.made(kept)) {
            hash.of(password);
        }
        return kept != null && PasswordHash.fits(password, kept);
    }
}
