// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trelliscrm.runtime.data.FieldInfo;

/**
 * Turns the text of a cell into the JSON value that its field wants, as far as there is no doubt about it. What is not
 * understood stays as it is, so that the rules of the record refuse it with the reason.
 */
final class CellValues {

    private static final Set<String> YES =
            Set.of("true", "yes", "y", "1", "x", "on", "ydy", "ie", "тийм", "是", "bale", "بله", "آری");
    private static final Set<String> NO =
            Set.of("false", "no", "n", "0", "off", "nac ydy", "na", "nage", "үгүй", "否", "خیر", "نه");

    private static final Pattern GROUPED_POINT = Pattern.compile("[+-]?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?");
    private static final Pattern GROUPED_COMMA = Pattern.compile(
            "[+-]?[0-9]{1,3}(\\.[0-9]{3}){2,}|" + "[+-]?[0-9]{1,3}(\\.[0-9]{3})+,[0-9]+|[+-]?[0-9]+,[0-9]{1,2}");
    private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0\\u202f'’]");
    private static final Pattern MONEY = Pattern.compile("([-+0-9.,'’\\s\\u00a0\\u202f]+?)\\s*([A-Z]{3})");
    private static final Pattern DAY = Pattern.compile("([0-9]{1,4})([-/.])([0-9]{1,2})\\2([0-9]{1,4})");
    private static final DateTimeFormatter LOCAL_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd[ ]['T']HH:mm[:ss]");

    private final DateOrder order;
    private final ZoneId zone;
    private final FieldLabels labels;

    /** Which number comes first in {@code 3/4/2026}. */
    enum DateOrder {
        DAY_FIRST,
        MONTH_FIRST
    }

    CellValues(DateOrder order, ZoneId zone, FieldLabels labels) {
        this.order = order;
        this.zone = zone;
        this.labels = labels;
    }

    /** The value of a cell that is not blank. */
    Object value(FieldInfo field, String cell) {
        String text = cell.strip();
        return switch (field.elementType().name()) {
            case "boolean" -> bool(text);
            case "integer", "decimal" -> number(text);
            case "money" -> money(text);
            case "date" -> date(text);
            case "datetime" -> dateTime(text);
            case "choice" -> choice(field, text);
            case "multiline" -> cell;
            default -> text;
        };
    }

    private static Object bool(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return YES.contains(word) ? Boolean.TRUE : NO.contains(word) ? Boolean.FALSE : text;
    }

    /** A number as JSON wants it, without signs that group digits. */
    static String number(String text) {
        String plain = SPACES.matcher(latinDigits(text)).replaceAll("");
        if (GROUPED_POINT.matcher(plain).matches()) {
            return plain.replace(",", "");
        }
        return GROUPED_COMMA.matcher(plain).matches() ? plain.replace(".", "").replace(',', '.') : plain;
    }

    private static Object money(String text) {
        Matcher matcher = MONEY.matcher(text);
        return matcher.matches() ? Map.of("amount", number(matcher.group(1)), "currency", matcher.group(2)) : text;
    }

    private String date(String text) {
        String plain = latinDigits(text);
        Matcher matcher = DAY.matcher(plain);
        if (!matcher.matches()) {
            return plain.matches("[0-9]{8}")
                    ? iso(plain.substring(0, 4), plain.substring(4, 6), plain.substring(6))
                    : plain;
        }
        if (matcher.group(1).length() == 4) {
            return iso(matcher.group(1), matcher.group(3), matcher.group(4));
        }
        if (matcher.group(4).length() != 4) {
            // Outlook writes "no date" as 0/0/00. Two digits of a year are a riddle that is not solved by guessing.
            return plain.matches("[0/]+") ? "" : plain;
        }
        // With points the day is first wherever dates are written so.
        boolean monthFirst = matcher.group(2).equals("/") && order == DateOrder.MONTH_FIRST;
        return monthFirst
                ? iso(matcher.group(4), matcher.group(1), matcher.group(3))
                : iso(matcher.group(4), matcher.group(3), matcher.group(1));
    }

    private static String iso(String year, String month, String day) {
        try {
            return LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day))
                    .toString();
        } catch (DateTimeException e) {
            // Not a day of the calendar; the rules of the record say so.
            return year + "-" + month + "-" + day;
        }
    }

    private String dateTime(String text) {
        try {
            return LocalDateTime.parse(latinDigits(text), LOCAL_TIME)
                    .atZone(zone)
                    .toInstant()
                    .toString();
        } catch (DateTimeException e) {
            return text;
        }
    }

    /** A choice by its constant or by its label in any language. */
    private Object choice(FieldInfo field, String text) {
        List<String> choices = field.choices();
        String constant = text.toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
        return choices.contains(constant)
                ? constant
                : labels.choice(field, text).orElse(text);
    }

    /** Which order the slashed dates of a column prove, if they prove any. */
    static Optional<DateOrder> orderOf(Iterable<String> cells) {
        for (String cell : cells) {
            Matcher matcher = DAY.matcher(latinDigits(cell.strip()));
            if (matcher.matches()
                    && matcher.group(2).equals("/")
                    && matcher.group(1).length() <= 2) {
                if (Integer.parseInt(matcher.group(1)) > 12) {
                    return Optional.of(DateOrder.DAY_FIRST);
                }
                if (Integer.parseInt(matcher.group(3)) > 12) {
                    return Optional.of(DateOrder.MONTH_FIRST);
                }
            }
        }
        return Optional.empty();
    }

    /** Persian, Arabic and all other digits as 0 to 9. */
    private static String latinDigits(String text) {
        StringBuilder latin = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int digit = Character.isDigit(c) ? Character.digit(c, 10) : -1;
            if (digit >= 0) {
                latin.append((char) ('0' + digit));
            } else {
                latin.appendCodePoint(c);
            }
        });
        return latin.toString();
    }
}
