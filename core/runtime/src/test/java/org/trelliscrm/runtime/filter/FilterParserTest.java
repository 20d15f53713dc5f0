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
    void aThousandParenthesesAreRefusedAndNotFollowed() {
        assertThatThrownBy(() -> FilterParser.parse("(".repeat(1000) + "a eq 1" + ")".repeat(1000)))
                .isInstanceOfSatisfying(
                        Invalid.class, problem -> assertThat(problem.code()).isEqualTo("filter.tooDeep"));
    }
}
