// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.access.SignInLog.Outcome;
import org.trelliscrm.access.Throttle.Subject;
import org.trelliscrm.api.problem.Denied;

/**
 * Checks a name and a password. Whoever fails learns neither from the words nor from the time whether it was the name or
 * the password.
 */
@Component(service = SignIn.class)
public final class SignIn {

    private static final Duration SWEEP_EVERY = Duration.ofHours(1);

    private final Database database;
    private final Passwords passwords;
    private final Throttle throttle;
    private final SignInLog log;
    private final Sessions sessions;
    private final Clock clock;
    private final AtomicLong sweepAt = new AtomicLong();

    @Activate
    public SignIn(
            @Reference Database database,
            @Reference Passwords passwords,
            @Reference Throttle throttle,
            @Reference SignInLog log,
            @Reference Sessions sessions,
            @Reference Clock clock) {
        this.database = database;
        this.passwords = passwords;
        this.throttle = throttle;
        this.log = log;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Opens a session, under a new token, for whoever proves to be this user. */
    OpenSession signIn(String typed, String password, String address) {
        sweep();
        // Longer than any login, so that it stays nobody's.
        String user = typed.substring(0, Math.min(typed.length(), Login.MAX_LENGTH + 1));
        Subject login = Subject.login(user);
        Subject network = Subject.address(address);
        // Those who come too early do not even get a turn.
        throttle.check(login, network);
        Candidate found = passwords.inTurn(() -> {
            // Once more: those who stood before in the same line may have failed.
            throttle.check(login, network);
            Optional<Candidate> candidate = Candidate.named(user, database);
            boolean fits = passwords.fits(
                    password, candidate.map(Candidate::passwordHash).orElse(null));
            Outcome outcome = outcome(candidate, fits);
            log.write(user, address, outcome);
            if (outcome != Outcome.SUCCEEDED) {
                throttle.failed(login, network);
                throw Denied.unknownCaller("access.wrongCredentials");
            }
            return candidate.orElseThrow();
        });
        throttle.forgive(login);
        // Only one: who mistypes and then succeeds leaves the office as it was, and who guesses cannot wipe out the
        // traces
        // with an account of their own.
        throttle.forgiveOne(network);
        return sessions.open(found, address);
    }

    private static Outcome outcome(Optional<Candidate> candidate, boolean fits) {
        if (candidate.isEmpty()) {
            return Outcome.UNKNOWN_USER;
        }
        if (!fits) {
            return Outcome.WRONG_PASSWORD;
        }
        return candidate.get().active() ? Outcome.SUCCEEDED : Outcome.INACTIVE_USER;
    }

    /**
     * Checks, in turn, that whoever sits at an open session knows the password of its user.
     *
     * @throws Denied if it is wrong
     */
    void confirm(Candidate user, String password) {
        Subject login = Subject.login(user.login());
        throttle.check(login);
        if (!passwords.fits(password, user.passwordHash())) {
            throttle.failed(login);
            throw Denied.because("access.wrongPassword", Map.of());
        }
        throttle.forgive(login);
    }

    // Here and not in a job: where nobody signs in, nothing is left to sweep.
    private void sweep() {
        long now = clock.millis();
        long due = sweepAt.get();
        if (now >= due && sweepAt.compareAndSet(due, now + SWEEP_EVERY.toMillis())) {
            sessions.sweep();
            throttle.sweep();
            log.sweep();
        }
    }
}
