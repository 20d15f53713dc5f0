// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Who signed in when from where, and who tried. Attempts that come too early are not written down: they are what a flood is
 * made of, and the failures before them tell the story.
 */
@Component(service = SignInLog.class)
public final class SignInLog {

    private static final Duration KEPT = Duration.ofDays(400);
    private static final int MAX_ADDRESS = 64;

    private final Database database;
    private final Clock clock;

    @Activate
    public SignInLog(@Reference Database database, @Reference Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    void write(String login, String address, Outcome outcome) {
        database.update(
                "insert into access_signin (happened_at, login, address, outcome) values (?, ?, ?, ?)",
                clock.instant(),
                storable(login, Login.MAX_LENGTH),
                address(address),
                outcome.name().toLowerCase(Locale.ROOT));
    }

    /** Forgets what is long ago. */
    void sweep() {
        database.update(
                "delete from access_signin where happened_at < ?",
                clock.instant().minus(KEPT));
    }

    /** An address as the column holds it; whoever stands in between may have written anything into it. */
    static String address(String address) {
        return storable(address, MAX_ADDRESS);
    }

    // PostgreSQL refuses NUL and half a surrogate pair, and a line break has no place in a log.
    private static String storable(String text, int length) {
        return text.substring(0, Math.min(text.length(), length)).replaceAll("[\\p{Cc}\\p{Cs}]", "\uFFFD");
    }

    /** How an attempt ended; the person who tried learns only whether it succeeded. */
    enum Outcome {
        SUCCEEDED,
        WRONG_PASSWORD,
        UNKNOWN_USER,
        INACTIVE_USER
    }
}
