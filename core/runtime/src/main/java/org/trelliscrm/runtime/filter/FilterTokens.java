// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.filter;

import java.util.Map;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Filter.Place;

/** Cuts the text of a filter into words, quoted texts and signs; looks one ahead. */
final class FilterTokens {

    private final String text;
    private int at;
    private int end = 1;
    private Token ahead;

    FilterTokens(String text) {
        this.text = text;
        this.ahead = read();
    }

    Token peek() {
        return ahead;
    }

    Token next() {
        Token token = ahead;
        end = token.end();
        ahead = read();
        return token;
    }

    /** From there to where the last token taken ends. */
    Place since(Token first) {
        return new Place(first.position(), end - first.position());
    }

    boolean take(Kind kind) {
        boolean there = ahead.kind() == kind;
        if (there) {
            next();
        }
        return there;
    }

    boolean takeWord(String word) {
        boolean there = ahead.kind() == Kind.WORD && ahead.text().equalsIgnoreCase(word);
        if (there) {
            next();
        }
        return there;
    }

    private Token read() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        int start = at;
        if (at == text.length()) {
            return new Token(Kind.END, "", start + 1, 0);
        }
        char c = text.charAt(at);
        switch (c) {
            case '(':
                at++;
                return new Token(Kind.OPEN, "(", start + 1, 1);
            case ')':
                at++;
                return new Token(Kind.CLOSE, ")", start + 1, 1);
            case ',':
                at++;
                return new Token(Kind.COMMA, ",", start + 1, 1);
            case '"', '\'':
                return quoted(c);
            default:
                while (at < text.length() && isWord(text.charAt(at))) {
                    at++;
                }
                return new Token(Kind.WORD, text.substring(start, at), start + 1, at - start);
        }
    }

    /** A text in quotes; the quote itself and the backslash are written with a backslash before them. */
    private Token quoted(char quote) {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) {
                return new Token(Kind.TEXT, value.toString(), start + 1, at - start);
            }
            value.append(c == '\\' && at < text.length() ? text.charAt(at++) : c);
        }
        throw new Invalid("filter.openQuote", Map.of("position", start + 1, "length", text.length() - start));
    }

    static boolean isWord(char c) {
        return !Character.isWhitespace(c) && "(),\"'".indexOf(c) < 0;
    }

    /** The kinds of tokens. */
    enum Kind {
        WORD,
        TEXT,
        OPEN,
        CLOSE,
        COMMA,
        END
    }

    /**
     * One token.
     *
     * @param kind what it is
     * @param text its text, quotes taken off
     * @param position where it begins, from 1
     * @param length how many characters it takes, quotes included
     */
    record Token(Kind kind, String text, int position, int length) {

        int end() {
            return position + length;
        }
    }
}
