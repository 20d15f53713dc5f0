// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts the pieces of folded properties together again. Works on bytes: many programs fold after a number of bytes, and so
 * in the middle of a character.
 */
final class Unfolding {

    private static final Pattern PROPERTY = Pattern.compile("[A-Za-z0-9_.-]{1,80}\\s*[;:].*", Pattern.DOTALL);
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=]+\\s*");
    private static final Pattern NESTED_BEGIN =
            Pattern.compile("(.*AGENT\\s*(;[^:]*)?:\\s*)?BEGIN\\s*:\\s*VCARD\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern NESTED_END = Pattern.compile("END\\s*:\\s*VCARD\\s*", Pattern.CASE_INSENSITIVE);

    /** No line that begins or ends a card is longer. */
    private static final int MAX_MARK = 200;

    private final boolean isOld;
    private final List<byte[]> whole = new ArrayList<>();
    private @Nullable Piece current;
    private int depth;

    private Unfolding(boolean isOld) {
        this.isOld = isOld;
    }

    /**
     * @param lines the lines of a card without its {@code BEGIN} and {@code END}
     * @param isOld whether the rules of version 2.1 hold
     * @return its properties; cards within the card are left out
     */
    static List<byte[]> unfold(List<byte[]> lines, boolean isOld) {
        Unfolding unfolding = new Unfolding(isOld);
        lines.forEach(unfolding::add);
        unfolding.finish();
        return unfolding.whole;
    }

    private void add(byte[] line) {
        String ascii = new String(line, StandardCharsets.ISO_8859_1);
        if (isNested(ascii)) {
            return;
        }
        if (current == null) {
            begin(line);
        } else if (current.endsWithSoftBreak()) {
            current.cutSoftBreak();
            current.writeBytes(line);
        } else if (!ascii.isEmpty() && (line[0] == ' ' || line[0] == '\t')) {
            current.continueWith(line, isOld);
        } else if (ascii.isBlank()) {
            // ends a photo in version 2.1, says nothing elsewhere
            current.isOpen = false;
        } else if (current.isOpen && current.isBase64() && BASE64.matcher(ascii).matches()) {
            current.writeBytes(line);
        } else if (PROPERTY.matcher(ascii).matches()) {
            begin(line);
        } else {
            // A line break that the writer should have encoded.
            current.write('\n');
            current.writeBytes(line);
        }
    }

    private boolean isNested(String line) {
        if (line.length() > MAX_MARK) {
            return depth > 0;
        }
        if (NESTED_BEGIN.matcher(line).matches()) {
            depth++;
            if (depth == 1 && !line.stripLeading().toUpperCase(Locale.ROOT).startsWith("BEGIN")) {
                begin("AGENT:vCard".getBytes(StandardCharsets.US_ASCII));
            }
            return true;
        }
        boolean nested = depth > 0;
        if (nested && NESTED_END.matcher(line).matches()) {
            depth--;
        }
        return nested;
    }

    private void begin(byte[] line) {
        finish();
        if (line.length > 0) {
            current = new Piece();
            current.writeBytes(line);
        }
    }

    private void finish() {
        if (current != null) {
            if (current.endsWithSoftBreak()) {
                current.cutSoftBreak();
            }
            whole.add(current.toByteArray());
        }
        current = null;
    }

    /** What there is of a property so far. */
    private static final class Piece extends ByteArrayOutputStream {

        private static final int FULL_LINE = 75;

        private boolean isOpen = true;
        private int lineStart;
        private @Nullable String header;

        /** Name and parameters in capitals; empty until the colon has come. */
        private String header() {
            if (header == null) {
                for (int i = 0; i < count; i++) {
                    if (buf[i] == ':') {
                        header = new String(buf, 0, i, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
                        return header;
                    }
                }
                return "";
            }
            return header;
        }

        boolean isBase64() {
            return header().contains("BASE64") || header().contains("ENCODING=B");
        }

        /** Quoted-printable (RFC 2045, 6.7): a line that ends with an equals sign goes on in the next. */
        boolean endsWithSoftBreak() {
            return header().contains("QUOTED-PRINTABLE") && lastVisible() >= 0 && buf[lastVisible()] == '=';
        }

        void cutSoftBreak() {
            count = lastVisible();
        }

        private int lastVisible() {
            int i = count - 1;
            while (i >= 0 && (buf[i] == ' ' || buf[i] == '\t')) {
                i--;
            }
            return i;
        }

        /**
         * RFC 6350, 3.2: the blank at the start of the line belongs to the fold. In version 2.1 it belongs to the text; but
         * where a program has cut a line because it was full, it cut as in the later versions.
         */
        void continueWith(byte[] line, boolean isOld) {
            boolean wasFull = count - lineStart >= FULL_LINE;
            int from = isOld && !isBase64() && !wasFull ? 0 : 1;
            lineStart = count - from;
            write(line, from, line.length - from);
        }
    }
}
