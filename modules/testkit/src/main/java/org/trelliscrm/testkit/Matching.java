// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Filter;

/**
 * Asks a filter of a record in memory. Not the attributes of list items, nor what needs other records or the time: that is
 * the engine's work, and a test of it runs against the engine.
 */
final class Matching {

    private Matching() {}

    static boolean fits(Filter filter, BaseRecord record) {
        if (filter instanceof Filter.And and) {
            return and.parts().stream().allMatch(part -> fits(part, record));
        } else if (filter instanceof Filter.Or or) {
            return or.parts().stream().anyMatch(part -> fits(part, record));
        } else if (filter instanceof Filter.Not not) {
            return !fits(not.part(), record);
        }
        if (!(filter instanceof Filter.Compare compare)) {
            throw new UnsupportedOperationException("only the engine answers " + filter);
        }
        return fits(compare, Attributes.value(record, compare.path()));
    }

    private static boolean fits(Filter.Compare compare, @Nullable Object actual) {
        List<Object> expected = compare.values();
        if (compare.operator() == Filter.Operator.EMPTY) {
            return actual == null || List.of().equals(actual);
        } else if (actual == null) {
            return compare.operator() == Filter.Operator.NE;
        } else if (actual instanceof List<?> list) {
            return fitsList(compare, list);
        }
        return switch (compare.operator()) {
            case EQ -> order(actual, expected.get(0)) == 0;
            case NE -> order(actual, expected.get(0)) != 0;
            case LT -> order(actual, expected.get(0)) < 0;
            case LE -> order(actual, expected.get(0)) <= 0;
            case GT -> order(actual, expected.get(0)) > 0;
            case GE -> order(actual, expected.get(0)) >= 0;
            case BETWEEN -> order(actual, expected.get(0)) >= 0 && order(actual, expected.get(1)) <= 0;
            case IN -> expected.stream().anyMatch(one -> order(actual, one) == 0);
            case CONTAINS -> text(actual).contains(text(expected.get(0)));
            case STARTS -> text(actual).startsWith(text(expected.get(0)));
            case EMPTY -> false;
            case WITHIN, BEFORE, AFTER, ANNIVERSARY ->
                throw new UnsupportedOperationException("only the engine answers " + compare);
        };
    }

    private static boolean fitsList(Filter.Compare compare, List<?> list) {
        boolean none = compare.operator() == Filter.Operator.NE;
        Filter.Operator operator = none ? Filter.Operator.EQ : compare.operator();
        Filter.Compare one = new Filter.Compare(compare.path(), operator, compare.values());
        return none != list.stream().anyMatch(value -> fits(one, value));
    }

    @SuppressWarnings("unchecked")
    private static int order(Object actual, Object expected) {
        if (actual instanceof Number && !(actual instanceof BigDecimal && expected instanceof BigDecimal)) {
            return new BigDecimal(actual.toString()).compareTo(new BigDecimal(expected.toString()));
        }
        return actual.getClass().isInstance(expected) && actual instanceof Comparable<?> comparable
                ? ((Comparable<Object>) comparable).compareTo(expected)
                : text(actual).compareTo(text(expected));
    }

    private static String text(Object value) {
        return value.toString().toLowerCase(Locale.ROOT);
    }
}
