// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until the test moves it. Not thread-safe. */
public final class FakeClock extends Clock {

    private Instant now;

    /** Shows this moment, for example {@code 2026-03-01T09:00:00Z}. */
    public FakeClock(String now) {
        this.now = Instant.parse(now);
    }

    /** Lets time pass. */
    public void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(now, zone);
    }
}
