// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One card as it stands in the file.
 *
 * @param number its place among the cards, from 1
 * @param lines all its lines, with {@code BEGIN} and {@code END}
 * @param fileGuess what the whole file seems to be written in, if it is not UTF-8
 * @param problem why it cannot be read, or {@code null}
 */
record RawCard(long number, List<byte[]> lines, @Nullable Charset fileGuess, @Nullable String problem) {

    /** What {@link CardText} needs to know. */
    CardText text() {
        return new CardText(bytes(), fileGuess);
    }

    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            all.writeBytes(line);
            all.write('\r');
            all.write('\n');
        }
        return all.toByteArray();
    }

    /** The lines between {@code BEGIN} and {@code END}. */
    List<byte[]> inner() {
        return lines.subList(1, lines.size() - 1);
    }
}
