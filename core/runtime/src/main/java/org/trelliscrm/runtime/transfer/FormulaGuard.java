// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.util.regex.Pattern;

/**
 * Keeps spreadsheets from taking a text for a formula (OWASP: CSV injection): what could be one gets an apostrophe in front,
 * which spreadsheets do not show, and which import takes off again.
 */
final class FormulaGuard {

    /** The last four are the wide forms that East Asian spreadsheets take for the same. */
    private static final String STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+([.,][0-9]+)*");
    private static final Pattern PHONE = Pattern.compile("\\+[0-9][0-9 ()./-]{3,40}");

    private FormulaGuard() {}

    static String add(String cell) {
        boolean looksLikeFormula = !cell.isEmpty()
                && STARTS.indexOf(cell.charAt(0)) >= 0
                && !NUMBER.matcher(cell).matches()
                && !PHONE.matcher(cell).matches();
        return looksLikeFormula || isGuarded(cell) ? "'" + cell : cell;
    }

    static String remove(String cell) {
        return isGuarded(cell) ? cell.substring(1) : cell;
    }

    private static boolean isGuarded(String cell) {
        int text = 0;
        while (text < cell.length() && cell.charAt(text) == '\'') {
            text++;
        }
        return text > 0 && text < cell.length() && STARTS.indexOf(cell.charAt(text)) >= 0;
    }
}
