// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.nio.charset.Charset;

/**
 * Tells whether bytes are Arabic or Persian text in windows-1256, which every detector takes for something else. The bytes
 * of that charset's letters mean accented letters and signs elsewhere; only in Arabic and Persian do they stand together in
 * words in which a handful of letters prevails.
 */
final class ArabicText {

    private static final Charset WINDOWS_1256 = Charset.forName("windows-1256");

    /** Seven letters that make up more than a third of Arabic and of Persian; in mojibake of other scripts they are rare. */
    private static final String FREQUENT = "\u0627\u0644\u064a\u0645\u0646\u0648\u0631\u06cc\u062f";

    private static final int FEWEST_LETTERS = 4;
    private static final double LETTERS_AMONG_FOREIGN = 0.9;
    private static final double FREQUENT_AMONG_LETTERS = 0.35;
    private static final double SHORTEST_WORDS = 2.0;

    private ArabicText() {}

    static boolean isPlausible(byte[] bytes) {
        int foreign = 0;
        int letters = 0;
        int frequent = 0;
        int words = 0;
        boolean inWord = false;
        for (char c : new String(bytes, WINDOWS_1256).toCharArray()) {
            boolean letter = isLetter(c);
            if (letter) {
                letters++;
                frequent += FREQUENT.indexOf(c) >= 0 ? 1 : 0;
                words += inWord ? 0 : 1;
            }
            // Signs that both scripts share, and the joiners of Persian, speak neither for nor against.
            boolean neutral = c < 0x80 || c == '\u200c' || c == '\u200d' || c == '\u00a0' || isMark(c);
            foreign += neutral ? 0 : 1;
            inWord = letter || inWord && (isMark(c) || c == '\u200c');
        }
        return letters >= FEWEST_LETTERS
                && letters >= LETTERS_AMONG_FOREIGN * foreign
                && frequent >= FREQUENT_AMONG_LETTERS * letters
                && letters >= SHORTEST_WORDS * words;
    }

    private static boolean isLetter(char c) {
        return c >= '\u0621' && c <= '\u063a' || c >= '\u0641' && c <= '\u064a' || c >= '\u0671' && c <= '\u06d3';
    }

    /** Vowel signs, and the comma, semicolon and question mark of Arabic. */
    private static boolean isMark(char c) {
        return c >= '\u064b' && c <= '\u0652'
                || c == '\u0640'
                || c == '\u060c'
                || c == '\u061b'
                || c == '\u061f'
                || c == '\u00ab'
                || c == '\u00bb';
    }
}
