// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.once;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.once.HashedBody.Fingerprint;
import org.trelliscrm.runtime.once.KeyTable.Done;
import org.trelliscrm.runtime.rest.ComeBack;

/**
 * The right of the request that this thread works for to be the one with its key. The first write of a record takes it and
 * notes the key as done in its own transaction: either both are there after a crash or neither is.
 */
public final class Claim {

    /** The code of the problem of a key whose first request is still running. */
    static final String RUNNING = "idempotency.running";

    private static final int MAX_REST = 1 << 20;
    private static final ThreadLocal<@Nullable Claim> CURRENT = new ThreadLocal<>();

    private final OnceKey key;
    private final HashedBody body;
    private @Nullable Fingerprint fingerprint;
    private boolean committed;

    Claim(OnceKey key, HashedBody body) {
        this.key = key;
        this.body = body;
    }

    /** Binds a claim to this thread, or none. */
    static void bind(@Nullable Claim claim) {
        if (claim == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(claim);
        }
    }

    /**
     * The claim of the request that this thread works for, if it has one and nobody has taken it: what a rule writes
     * on the way in a transaction of its own must not use it up.
     *
     * @throws Invalid if the request goes on and on after what was read of it
     */
    public static @Nullable Claim take() {
        Claim claim = CURRENT.get();
        if (claim != null) {
            CURRENT.remove();
            claim.requireFingerprint();
        }
        return claim;
    }

    OnceKey key() {
        return key;
    }

    private void requireFingerprint() {
        try {
            fingerprint =
                    body.finish().orElseThrow(() -> Invalid.withStatus(413, "body.tooLarge", Map.of("max", MAX_REST)));
        } catch (IOException e) {
            throw new Invalid("body.unreadable", Map.of());
        }
    }

    /** The fingerprint; empty if the body was not read to its end and cannot be. */
    Optional<Fingerprint> fingerprint() throws IOException {
        return fingerprint != null ? Optional.of(fingerprint) : body.finish();
    }

    /** Notes the key as done: the last thing before the commit. */
    public void done(Connection connection, String type, long id, Instant now) {
        if (fingerprint == null) {
            throw new IllegalStateException("the claim was not taken");
        }
        try {
            KeyTable.insert(connection, key, new Done(fingerprint, type, id, null, now));
        } catch (SQLException e) {
            DatabaseException failed = new DatabaseException(e);
            // Another node was quicker with the same key; this one's work is undone.
            throw DatabaseException.isDuplicate(failed) ? new ComeBack(409, RUNNING, Duration.ofSeconds(1)) : failed;
        }
    }

    /** Tells that the transaction has been committed. */
    public void committed() {
        committed = true;
    }

    boolean isCommitted() {
        return committed;
    }
}
