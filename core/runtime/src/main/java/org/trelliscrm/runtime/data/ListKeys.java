// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.util.Locale;

/** How values of lists are written in their index, so that what is looked up is written the same. */
public final class ListKeys {

    /** The width of the column. */
    private static final int MAX_LENGTH = 320;

    private ListKeys() {}

    /** The key of a JSON value: text without regard to case, cut where the column ends. */
    public static String key(Object json) {
        String text = json.toString().toLowerCase(Locale.ROOT);
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return text.substring(0, end);
    }
}
