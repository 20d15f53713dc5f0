// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.Filter.Operator;
import org.trelliscrm.api.record.Span;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.records.Engine;

class FilterTextTest {

    private static final TypeInfo THING = new TypeInfo("things", Engine.type());
    private static final List<String> WORDS =
            List.of("and", "or (", "not", "it's \"so\"", "\\", "", "today", "last 3 days", "چای", "empty", "a,b");

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsWrittenReadsBackAsTheSameTree(long seed) {
        Filter filter = tree(new Random(seed), 4);

        String text = FilterText.of(filter, THING);

        assertThat(FilterParser.parse(text)).as(text).isEqualTo(filter);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            size not in (1, 2)                       | not size in ("1", "2")
            seenAt within last 1 day                 | seenAt within last 1 day
            builtOn anniversary within next 30 days  | builtOn anniversary within next 30 days
            has no thing via parent where (a eq 1)   | not has thing via parent where (a eq "1")
            not (() or a eq 1)                       | not (() or a eq "1")
            """)
    void thereIsOneWayToWriteAFilter(String text, String written) {
        assertThat(FilterText.of(FilterParser.parse(text), THING)).isEqualTo(written);
    }

    @org.junit.jupiter.api.Test
    void valuesOfJavaAreWrittenAsJsonShowsThem() {
        Filter filter = Filter.eq("parent", 1L).and(Filter.eq("fragile", true)).and(Filter.eq("size", 7));

        assertThat(FilterText.of(filter, THING))
                .isEqualTo("(parent eq \"0000000000001\" and fragile eq \"true\") and size eq \"7\"");
    }

    static java.util.stream.LongStream seeds() {
        return java.util.stream.LongStream.range(0, 300);
    }

    private static Filter tree(Random random, int depth) {
        int kind = depth == 0 ? 3 : random.nextInt(6);
        return switch (kind) {
            case 0 -> new Filter.And(several(random, () -> tree(random, depth - 1)));
            case 1 -> new Filter.Or(several(random, () -> tree(random, depth - 1)));
            case 2 -> tree(random, depth - 1).negate();
            case 4 -> new Filter.Has("thing", random.nextBoolean() ? "parent" : null, tree(random, depth - 1), null);
            default -> compare(random);
        };
    }

    private static Filter compare(Random random) {
        Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
        List<Object> values =
                switch (operator) {
                    case EMPTY -> List.of();
                    case BETWEEN -> List.of(word(random), word(random));
                    case IN -> new ArrayList<>(several(random, () -> word(random)));
                    case WITHIN, BEFORE, AFTER, ANNIVERSARY -> List.of(span(random));
                    default -> List.of(word(random));
                };
        return new Filter.Compare("a.b" + random.nextInt(3), operator, values);
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private static Span span(Random random) {
        Span.Unit unit = Span.Unit.values()[random.nextInt(7)];
        Span.Direction direction = Span.Direction.values()[random.nextInt(3)];
        boolean counted = direction != Span.Direction.THIS && (unit.withinDay() || random.nextBoolean());
        return new Span(
                direction, counted ? 1 + random.nextInt(100) : 0, counted || !unit.withinDay() ? unit : Span.Unit.DAY);
    }

    private static <T> List<T> several(Random random, Supplier<T> one) {
        List<T> all = new ArrayList<>();
        for (int i = 2 + random.nextInt(2); i > 0; i--) {
            all.add(one.get());
        }
        return all;
    }
}
