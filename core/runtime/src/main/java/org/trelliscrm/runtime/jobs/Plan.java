// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.job.Schedule;

/**
 * Finds the moments of a {@link Schedule}.
 *
 * <p>A cron expression is read on the clock of the wall: a time that is left out when the clocks are put on comes right
 * after the gap, one that comes twice when they are put back counts the first time only.
 */
final class Plan {

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final Schedule schedule;
    private final @Nullable ExecutionTime times;

    /** @throws IllegalArgumentException if the cron expression is none */
    Plan(Schedule schedule) {
        this.schedule = schedule;
        String cron = schedule.cron();
        this.times =
                cron == null ? null : ExecutionTime.forCron(PARSER.parse(cron).validate());
    }

    /** The time between two beginnings, if that is what counts. */
    Optional<Duration> every() {
        return Optional.ofNullable(schedule.every());
    }

    /** The first moment after this one; empty if there will be none. */
    Optional<Instant> after(Instant moment) {
        Duration every = schedule.every();
        if (times == null || every != null) {
            return every().map(moment::plus);
        }
        LocalDateTime wall = LocalDateTime.ofInstant(moment, schedule.zone());
        while (true) {
            // As if in a zone without summer time, of which the library thus need not know.
            Optional<LocalDateTime> next =
                    times.nextExecution(wall.atZone(ZoneOffset.UTC)).map(found -> found.toLocalDateTime());
            if (next.isEmpty()) {
                return Optional.empty();
            }
            wall = next.get();
            Instant found = wall.atZone(schedule.zone()).toInstant();
            if (found.isAfter(moment)) {
                return Optional.of(found);
            }
        }
    }

    /** The schedule as text, to see whether it has been changed. */
    String text() {
        return schedule.cron() == null
                ? String.valueOf(schedule.every())
                : schedule.cron() + " " + schedule.zone().getId();
    }
}
