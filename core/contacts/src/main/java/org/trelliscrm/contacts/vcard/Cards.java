// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;

/** Cuts a file into cards, holding one at a time. What belongs to no card comes out too, with the reason. */
final class Cards {

    /** As much of the file is looked at before the first card is read. */
    private static final int START = 1 << 20;

    /** No line that begins or ends a card is longer. */
    private static final int MAX_MARK = 200;

    private static final Pattern BEGIN = Pattern.compile("BEGIN\\s*:\\s*VCARD\\s*", Pattern.CASE_INSENSITIVE);
    // Files put together by a program that forgets the last line's end have both on one line.
    private static final Pattern END =
            Pattern.compile("END\\s*:\\s*VCARD\\s*(BEGIN\\s*:\\s*VCARD\\s*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern AGENT =
            Pattern.compile("([\\w-]+\\.)?AGENT\\s*(;[^:]*)?:\\s*(BEGIN:VCARD)?\\s*", Pattern.CASE_INSENSITIVE);
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    private final Lines lines;
    private final @Nullable Charset guess;
    private byte @Nullable [] pushedBack;
    private long count;

    private Cards(Lines lines, @Nullable Charset guess) {
        this.lines = lines;
        this.guess = guess;
    }

    /** @throws Invalid if there is no card in it */
    static Cards in(InputStream stream) throws IOException {
        BufferedInputStream in = new BufferedInputStream(stream, 1 << 16);
        in.mark(START);
        byte[] start = in.readNBytes(START);
        in.reset();
        Charset wide = Charsets.wide(start);
        String text = new String(start, wide != null ? wide : StandardCharsets.ISO_8859_1);
        if (unmarked(text).isBlank()) {
            throw new Invalid("contacts.vcard.empty", Map.of());
        } else if (!BEGIN.matcher(text).find()) {
            throw new Invalid("contacts.vcard.notAVCard", Map.of());
        } else if (wide != null) {
            return new Cards(Lines.wide(in, wide), null);
        }
        boolean isUtf8 = Charsets.strict(start, StandardCharsets.UTF_8).isPresent();
        return new Cards(Lines.of(in), isUtf8 ? null : Charsets.guess(start).orElse(null));
    }

    /** The next card; {@code null} at the end of the file. */
    @Nullable
    RawCard next() throws IOException {
        Piece stray = new Piece();
        for (byte[] line = line(); line != null; line = line()) {
            String mark = mark(line);
            if (BEGIN.matcher(mark).matches()) {
                if (stray.lines.isEmpty()) {
                    return card();
                }
                pushedBack = line;
                return stray.rejected("contacts.vcard.noBegin");
            }
            if (!mark.isEmpty()) {
                stray.add(line);
            }
            if (endsCard(mark)) {
                return stray.rejected("contacts.vcard.noBegin");
            }
        }
        return stray.lines.isEmpty() ? null : stray.rejected("contacts.vcard.noBegin");
    }

    private RawCard card() throws IOException {
        Piece card = new Piece();
        card.add("BEGIN:VCARD".getBytes(StandardCharsets.US_ASCII));
        int depth = 1;
        boolean agentBegins = false;
        for (byte[] line = line(); line != null; line = line()) {
            String mark = isContinuation(line) ? "" : mark(line);
            boolean begins = BEGIN.matcher(mark).matches();
            if (begins && !agentBegins) {
                pushedBack = line;
                return card.rejected("contacts.vcard.noEnd");
            }
            card.add(line);
            Matcher agent = AGENT.matcher(mark);
            boolean isAgent = agent.matches();
            boolean beginsWithin = isAgent && agent.group(3) != null;
            agentBegins = isAgent && !beginsWithin || agentBegins && mark.isEmpty();
            depth += begins || beginsWithin ? 1 : 0;
            if (endsCard(mark)) {
                depth--;
                if (depth == 0) {
                    return card.isTooLong() ? card.rejected("contacts.vcard.tooLong") : card.whole();
                }
            }
        }
        return card.rejected("contacts.vcard.noEnd");
    }

    private static boolean isContinuation(byte[] line) {
        return line.length > 0 && (line[0] == ' ' || line[0] == '\t');
    }

    private boolean endsCard(String mark) {
        Matcher end = END.matcher(mark);
        if (!end.matches()) {
            return false;
        }
        if (end.group(1) != null) {
            pushedBack = end.group(1).getBytes(StandardCharsets.US_ASCII);
        }
        return true;
    }

    private byte @Nullable [] line() throws IOException {
        byte[] line = pushedBack;
        if (line != null) {
            pushedBack = null;
            return line;
        }
        return lines.next();
    }

    /** The line, if it is short enough to begin or end something. */
    private static String mark(byte[] line) {
        return line.length > MAX_MARK
                ? "…"
                : unmarked(new String(line, StandardCharsets.ISO_8859_1)).strip();
    }

    // A byte order mark stands in the middle of a file that was put together from several.
    private static String unmarked(String text) {
        String bare = text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        return bare.startsWith("\uFEFF") ? bare.substring(1) : bare;
    }

    /** Lines that belong together, as many as one may want to hold in memory. */
    private final class Piece {

        private static final int MAX_BYTES = 10 << 20;
        private static final int BYTES_OF_A_LINE = 32;

        private final List<byte[]> lines = new ArrayList<>();
        private long size;

        void add(byte[] line) {
            size += line.length + BYTES_OF_A_LINE;
            if (!isTooLong()) {
                lines.add(line);
            }
        }

        boolean isTooLong() {
            return size > MAX_BYTES;
        }

        RawCard whole() {
            return new RawCard(++count, lines, guess, null);
        }

        RawCard rejected(String problem) {
            return new RawCard(++count, lines, guess, problem);
        }
    }
}
