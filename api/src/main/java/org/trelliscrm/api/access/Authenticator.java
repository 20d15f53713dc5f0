// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.access;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Finds out who is asking. Implemented once, by the core bundle {@code access}; called by the security in front of
 * every request. Without this service every request is refused.
 */
@ProviderType
public interface Authenticator {

    /** The caller behind {@code Authorization: Bearer KEY}; empty if the key is unknown, expired or withdrawn. */
    Optional<Caller> byKey(String key);

    /**
     * How many requests a minute a key may send; empty if it has no limit of its own, 0 if it may send any number.
     *
     * @since 1.1
     */
    OptionalInt requestsPerMinute(String key);

    /**
     * The caller that a user would be on signing in, with the rights of this moment, for work that goes on after the
     * request; empty if there is no such user or they may no longer sign in.
     */
    Optional<Caller> byUser(int tenant, long user);

    /**
     * The caller that an API key stands for, with the rights of this moment, for work that goes on after the request;
     * empty if the key is unknown, expired or withdrawn.
     *
     * @param key the id of the key's record, as {@link Caller#key()} tells it
     */
    Optional<Caller> byKeyId(int tenant, long key);

    /** The session behind a cookie; empty if it is unknown or over. */
    Optional<Session> bySession(String token);

    /**
     * Checks name and password and opens a session.
     *
     * @param address where the request comes from, for throttling and for the sign-in log
     * @throws org.trelliscrm.api.problem.Denied if they do not fit; never tells which of the two is wrong
     * @throws Throttled after too many failures
     */
    Session signIn(String user, String password, String address);

    /** Ends a session; nothing happens if it is over already. */
    void signOut(String token);

    /**
     * Changes the caller's own password and ends all other sessions of theirs.
     *
     * @throws org.trelliscrm.api.problem.Denied if {@code current} is wrong
     * @throws org.trelliscrm.api.problem.Invalid if {@code next} is too weak
     */
    void changePassword(Session session, String current, String next);

    /** Makes an API key with the rights of a user, shown only now; for the administrator's shell. */
    String issueKey(int tenant, String user, String name);

    /**
     * Gives a user a new one-time password, shown only now, and ends all their sessions; for the administrator's shell.
     *
     * @throws org.trelliscrm.api.problem.NotFound if the tenant has no such user
     */
    String resetPassword(int tenant, String user);

    /**
     * An open session.
     *
     * @param token the secret in the cookie
     * @param csrf the value that {@code X-CSRF-Token} must repeat on every unsafe request
     * @param caller who it is
     * @param expires when it ends if nothing more happens
     * @param mustChangePassword whether all but changing the password is refused until that is done
     */
    record Session(String token, String csrf, Caller caller, Instant expires, boolean mustChangePassword) {}
}
