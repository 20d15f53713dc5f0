// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The one form in which logins and e-mail addresses are kept and compared. */
final class Login {

    /** As long as the column. */
    static final int MAX_LENGTH = 255;

    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{M}\\p{N}._@+'-]{1," + MAX_LENGTH + "}");

    private Login() {}

    /** Without outer blanks, composed, in lower case: two keyboards that mean the same name write the same text. */
    static String fold(String typed) {
        return Normalizer.normalize(typed.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    /** Whether a folded text can be a login: letters and digits of any script, and the signs of an address. */
    static boolean isValid(String folded) {
        return ALLOWED.matcher(folded).matches();
    }
}
