// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trelliscrm.api.record.Span;

class DaysTest {

    // A Tuesday in London, already Wednesday the 25th in Ulaanbaatar.
    private static final Instant NOW = Instant.parse("2026-11-24T20:00:00Z");

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            today,          2026-11-25, 2026-11-26
            yesterday,      2026-11-24, 2026-11-25
            tomorrow,       2026-11-26, 2026-11-27
            this week,      2026-11-23, 2026-11-30
            last week,      2026-11-16, 2026-11-23
            next month,     2026-12-01, 2027-01-01
            this quarter,   2026-10-01, 2027-01-01
            last year,      2025-01-01, 2026-01-01
            last 90 days,   2026-08-27, 2026-11-26
            next 7 days,    2026-11-25, 2026-12-03
            last 2 quarters,2026-05-25, 2026-11-26
            last 9999 years,0001-01-01, 2026-11-26
            next 9999 years,2026-11-25, 9999-12-31
            """)
    void aSpanIsCountedFromTheDayOfTheOneWhoAsks(String words, LocalDate first, LocalDate end) {
        Span span = Span.parse(words).orElseThrow();

        assertThat(Days.of(span, NOW, ZoneId.of("Asia/Ulaanbaatar"))).isEqualTo(new Days(first, end));
    }

    @Test
    void aDayBeginsWhenItBeginsThereAlsoWhereClocksAreChanged() {
        Days day = Days.of(LocalDate.of(2026, 3, 29));

        assertThat(day.firstMoment(ZoneId.of("Europe/London"))).isEqualTo("2026-03-29T00:00:00Z");
        assertThat(day.endMoment(ZoneId.of("Europe/London"))).isEqualTo("2026-03-29T23:00:00Z");
    }
}
