// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Folds a name to the key under which it is found: two spellings that a person would take for the same word have the same
 * key. Stored, so it must not change without a migration.
 */
final class NameKey {

    private static final int MAX_LENGTH = 255;

    private NameKey() {}

    static String of(String name) {
        String folded = Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                // Arabic keyboards write these two letters of Persian with code points of their own.
                .replace('\u064A', '\u06CC')
                .replace('\u0649', '\u06CC')
                .replace('\u0643', '\u06A9')
                // The zero-width non-joiner between the parts of a Persian word is written by some and left out by
                // others,
                // as is the stroke that makes a word longer.
                .replaceAll("[\\p{Cf}\u0640]", "")
                .replaceAll("[\\s\\p{Z}]+", " ")
                .strip();
        return folded.length() <= MAX_LENGTH ? folded : folded.substring(0, MAX_LENGTH);
    }
}
