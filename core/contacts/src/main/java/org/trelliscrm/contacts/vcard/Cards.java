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

    private static final int MAX_BYTES = 16 << 20;
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
        List<byte[]> stray = new ArrayList<>();
        for (byte[] line = line(); line != null; line = line()) {
            String text = ascii(line);
            if (BEGIN.matcher(text).matches()) {
                if (stray.isEmpty()) {
                    return card();
                }
                pushedBack = line;
                return rejected(stray, "contacts.vcard.noBegin");
            }
            if (!text.isEmpty()) {
                stray.add(line);
            }
            if (endsCard(text)) {
                return rejected(stray, "contacts.vcard.noBegin");
            }
        }
        return stray.isEmpty() ? null : rejected(stray, "contacts.vcard.noBegin");
    }

    private RawCard card() throws IOException {
        List<byte[]> card = new ArrayList<>();
        card.add("BEGIN:VCARD".getBytes(StandardCharsets.US_ASCII));
        int size = 0;
        int depth = 1;
        boolean agentBegins = false;
        for (byte[] line = line(); line != null; line = line()) {
            String text = ascii(line);
            boolean begins = BEGIN.matcher(text).matches() && !isContinuation(line);
            if (begins && !agentBegins) {
                pushedBack = line;
                return rejected(card, "contacts.vcard.noEnd");
            }
            size += line.length;
            if (size <= MAX_BYTES) {
                card.add(line);
            }
            if (begins) {
                depth++;
            }
            Matcher agent = AGENT.matcher(text);
            agentBegins = agent.matches() && agent.group(3) == null || agentBegins && text.isEmpty();
            if (agent.matches() && agent.group(3) != null) {
                depth++;
            }
            if (!isContinuation(line) && endsCard(text)) {
                depth--;
                if (depth == 0) {
                    return size <= MAX_BYTES
                            ? new RawCard(++count, card, guess, null)
                            : rejected(card, "contacts.vcard.tooLong");
                }
            }
        }
        return rejected(card, "contacts.vcard.noEnd");
    }

    private static boolean isContinuation(byte[] line) {
        return line.length > 0 && (line[0] == ' ' || line[0] == '\t');
    }

    private boolean endsCard(String text) {
        Matcher end = END.matcher(text);
        if (!end.matches()) {
            return false;
        }
        if (end.group(1) != null) {
            pushedBack = end.group(1).getBytes(StandardCharsets.US_ASCII);
        }
        return true;
    }

    private RawCard rejected(List<byte[]> text, String problem) {
        return new RawCard(++count, text, guess, problem);
    }

    private byte @Nullable [] line() throws IOException {
        byte[] line = pushedBack;
        if (line != null) {
            pushedBack = null;
            return line;
        }
        return lines.next();
    }

    // A byte order mark stands in the middle of a file that was put together from several.
    private static String ascii(byte[] line) {
        return line.length > 2000
                ? "…"
                : unmarked(new String(line, StandardCharsets.ISO_8859_1)).strip();
    }

    private static String unmarked(String text) {
        String bare = text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        return bare.startsWith("\uFEFF") ? bare.substring(1) : bare;
    }
}
