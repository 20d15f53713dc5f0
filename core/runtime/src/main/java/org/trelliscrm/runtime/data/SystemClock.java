// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.osgi.service.component.annotations.Component;

/** The clock that everybody is given, so that tests can give another. */
@Component(service = Clock.class)
public final class SystemClock extends Clock {

    private final Clock clock;

    public SystemClock() {
        this(systemUTC());
    }

    private SystemClock(Clock clock) {
        this.clock = clock;
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SystemClock(clock.withZone(zone));
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SystemClock that && clock.equals(that.clock);
    }

    @Override
    public int hashCode() {
        return clock.hashCode();
    }
}
