// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import java.io.ByteArrayOutputStream;

/** Decodes quoted-printable (RFC 2045, 6.7), leaving alone what is not. */
final class QuotedPrintable {

    private QuotedPrintable() {}

    static byte[] decode(byte[] encoded) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            int high = encoded[i] == '=' ? digit(encoded, i + 1) : -1;
            int low = high < 0 ? -1 : digit(encoded, i + 2);
            if (low < 0) {
                decoded.write(encoded[i]);
            } else {
                decoded.write(high << 4 | low);
                i += 2;
            }
        }
        return decoded.toByteArray();
    }

    private static int digit(byte[] text, int index) {
        return index < text.length ? Character.digit(text[index], 16) : -1;
    }
}
