// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a file, one after the other, as bytes in which ASCII stands for itself. */
interface Lines {

    /** A longer line is cut here; the card that it belongs to is refused for its size anyway. */
    int MAX_LENGTH = 10 << 20;

    /** The next line without its end; {@code null} at the end of the file. */
    byte @Nullable [] next() throws IOException;

    /** Lines of a file in UTF-16, which alone of all encodings in use does not contain ASCII. */
    static Lines wide(InputStream in, Charset charset) {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, charset));
        return () -> {
            String line = reader.readLine();
            return line == null ? null : line.getBytes(StandardCharsets.UTF_8);
        };
    }

    /** Lines that end as they do on any system: CR LF, LF, CR, and CR CR LF of twice converted files. */
    static Lines of(BufferedInputStream in) {
        return () -> {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            ByteArrayOutputStream line = new ByteArrayOutputStream(80);
            while (b >= 0 && b != '\n' && b != '\r') {
                if (line.size() < MAX_LENGTH) {
                    line.write(b);
                }
                b = in.read();
            }
            if (b == '\r') {
                skipLineFeed(in);
            }
            return line.toByteArray();
        };
    }

    private static void skipLineFeed(BufferedInputStream in) throws IOException {
        in.mark(2);
        int next = in.read();
        if (next == '\n' || next == '\r' && in.read() == '\n') {
            return;
        }
        in.reset();
    }
}
