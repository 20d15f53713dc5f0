// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.Filter.And;
import org.trelliscrm.api.record.Filter.Compare;
import org.trelliscrm.api.record.Filter.Not;
import org.trelliscrm.api.record.Filter.Operator;
import org.trelliscrm.api.record.Filter.Or;
import org.trelliscrm.api.record.Span;

class FilterParserTest {

    private static final Filter A = Filter.eq("a", "1");
    private static final Filter B = Filter.eq("b", "2");
    private static final Filter C = Filter.eq("c", "3");

    @Test
    void andBindsTighterThanOr() {
        assertThat(FilterParser.parse("a eq 1 or b eq 2 and c eq 3"))
                .isEqualTo(new Or(List.of(A, new And(List.of(B, C)))));
        assertThat(FilterParser.parse("(a eq 1 or b eq 2) and c eq 3"))
                .isEqualTo(new And(List.of(new Or(List.of(A, B)), C)));
    }

    @Test
    void notTurnsRoundWhatFollowsItAndTwiceIsNothing() {
        assertThat(FilterParser.parse("not a eq 1 and b eq 2")).isEqualTo(new And(List.of(new Not(A), B)));
        assertThat(FilterParser.parse("not not a eq 1")).isEqualTo(A);
    }

    @Test
    void theAndOfBetweenIsNotTheAndOfFilters() {
        assertThat(FilterParser.parse("a between 1 and 2 and b eq 2"))
                .isEqualTo(new And(List.of(new Compare("a", Operator.BETWEEN, List.of("1", "2")), B)));
    }

    @Test
    void quotedTextMayHoldAnything() {
        assertThat(FilterParser.parse("a eq \"say \\\"and\\\" (or) not, \\\\\""))
                .isEqualTo(Filter.eq("a", "say \"and\" (or) not, \\"));
        assertThat(FilterParser.parse("a eq 'it is'")).isEqualTo(Filter.eq("a", "it is"));
    }

    @Test
    void wordsOfTheGrammarMayBeWrittenLarge() {
        assertThat(FilterParser.parse("a EQ 1 AND NOT b EMPTY"))
                .isEqualTo(new And(List.of(A, new Not(new Compare("b", Operator.EMPTY, List.of())))));
    }

    @Test
    void anEmptyFilterIsEveryRecord() {
        assertThat(FilterParser.parse("  ")).isEqualTo(Filter.ALL);
    }

    @Test
    void notMayStandBeforeEmptyAndIn() {
        assertThat(FilterParser.parse("a not empty"))
                .isEqualTo(Filter.empty("a").negate());
        assertThat(FilterParser.parse("a not in (1, 2)"))
                .isEqualTo(Filter.where("a", Operator.IN, "1", "2").negate());
    }

    @Test
    void spansOfTimeAreKeptAsWords() {
        assertThat(FilterParser.parse("a within last 90 DAYS"))
                .isEqualTo(Filter.within("a", Span.last(90, Span.Unit.DAY)));
        assertThat(FilterParser.parse("a before this quarter"))
                .isEqualTo(Filter.where("a", Operator.BEFORE, Span.running(Span.Unit.QUARTER)));
        assertThat(FilterParser.parse("a anniversary within today"))
                .isEqualTo(Filter.where("a", Operator.ANNIVERSARY, Span.running(Span.Unit.DAY)));
        assertThat(FilterParser.parse("a after 2026-01-31")).isEqualTo(Filter.where("a", Operator.AFTER, "2026-01-31"));
    }

    @Test
    void relationsTheOtherWayMayNameTheirFieldAndTheirCondition() {
        assertThat(FilterParser.parse("has deal")).isEqualTo(Filter.has("deal", Filter.ALL));
        assertThat(FilterParser.parse("has no deal via contact where (a eq 1 or b eq 2)"))
                .isEqualTo(Filter.has("deal", "contact", A.or(B)).negate());
    }

    @Test
    void aComparisonKnowsItsPlace() {
        Filter.And both = (And) FilterParser.parse("a eq 1 and  b in (1,\"2\")");

        assertThat(((Compare) both.parts().get(1)).place()).isEqualTo(new Filter.Place(13, 12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a            | 2
            a eq         | 5
            a is 1       | 3
            a eq 1 b     | 8
            (a eq 1      | 8
            a in 1       | 6
            a in (1,)    | 9
            a between 1  | 12
            and          | 4
            a eq 1 or    | 10
            , eq 1       | 1
            a not eq 1   | 7
            a within     | 9
            a within last 0 days     | 15
            a within last 99999 days | 15
            a within this 3 days     | 15
            a within last hour       | 15
            a within next 3 moons    | 17
            a anniversary today      | 15
            has          | 4
            has no       | 7
            has x via    | 10
            has x where a eq 1       | 13
            has x where (a eq 1      | 20
            """)
    void anErrorPointsAtItsPlace(String text, int position) {
        assertThatThrownBy(() -> FilterParser.parse(text)).isInstanceOfSatisfying(Invalid.class, problem -> {
            assertThat(problem.code()).isEqualTo("filter.syntax");
            assertThat(problem.arguments()).containsEntry("position", position);
        });
    }

    @Test
    void anOpenQuoteIsToldWhereItOpens() {
        assertThatThrownBy(() -> FilterParser.parse("a eq \"open"))
                .isInstanceOfSatisfying(Invalid.class, problem -> assertThat(problem.arguments())
                        .containsEntry("position", 6));
    }

    @Test
    void aFilterIsBounded() {
        assertThat(code("a eq " + "x".repeat(100_000))).isEqualTo("filter.tooLong");
        assertThat(code("a in (" + "1,".repeat(9_000) + "1)")).isEqualTo("filter.tooManyValues");
        assertThat(code("a empty or ".repeat(1_000) + "a empty")).isEqualTo("filter.tooManyComparisons");
        assertThat(code("has a where (".repeat(1_000))).isEqualTo("filter.tooDeep");
        assertThat(FilterParser.parse("not ".repeat(4_001) + "a eq 1")).isEqualTo(A.negate());
    }

    private static String code(String text) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(Invalid.class, () -> FilterParser.parse(text))
                .code();
    }

    @Test
    void aThousandParenthesesAreRefusedAndNotFollowed() {
        assertThatThrownBy(() -> FilterParser.parse("(".repeat(1000) + "a eq 1" + ")".repeat(1000)))
                .isInstanceOfSatisfying(
                        Invalid.class, problem -> assertThat(problem.code()).isEqualTo("filter.tooDeep"));
    }
}
