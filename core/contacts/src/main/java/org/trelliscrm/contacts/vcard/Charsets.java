// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/** Finds out in which character set bytes are written. */
final class Charsets {

    private static final byte ESCAPE = 0x1B;

    /** Programs name the standard and write what Windows made of it, which has more characters (as WHATWG's list has it). */
    private static final Map<String, String> AS_WRITTEN = Map.of(
            "SHIFT_JIS", "windows-31j",
            "SHIFT-JIS", "windows-31j",
            "SJIS", "windows-31j",
            "ISO-8859-1", "windows-1252",
            "GB2312", "GB18030",
            "GBK", "GB18030",
            "BIG5", "Big5-HKSCS",
            "EUC-KR", "x-windows-949",
            "KS_C_5601-1987", "x-windows-949");

    private Charsets() {}

    /** UTF-16, told by a byte order mark or by the zero byte in each ASCII letter; {@code null} if it is not. */
    static @Nullable Charset wide(byte[] start) {
        if (start.length < 2) {
            return null;
        }
        int first = start[0] & 0xFF;
        int second = start[1] & 0xFF;
        if (first == 0xFE && second == 0xFF || first == 0xFF && second == 0xFE) {
            return StandardCharsets.UTF_16;
        } else if (first == 0 && second != 0) {
            return StandardCharsets.UTF_16BE;
        } else if (first != 0 && second == 0) {
            return StandardCharsets.UTF_16LE;
        }
        return null;
    }

    /** The charset of this name, if this system knows it. */
    static Optional<Charset> named(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return Optional.empty();
        }
        String upper = name.strip().toUpperCase(Locale.ROOT);
        try {
            return Optional.of(Charset.forName(AS_WRITTEN.getOrDefault(upper, upper)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            // A misspelt name says no more than none.
            return Optional.empty();
        }
    }

    /** The text, if every byte fits the charset. */
    static Optional<String> strict(byte[] bytes, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0 || b == ESCAPE) {
                return false;
            }
        }
        return true;
    }

    /** Whether it switches alphabets by escape sequences, as Japanese mail programs did (ISO-2022). */
    static boolean hasEscapes(byte[] bytes) {
        for (byte b : bytes) {
            if (b == ESCAPE) {
                return true;
            }
        }
        return false;
    }

    /** The likeliest charset of text that is not in UTF-8, from the frequencies of its bytes. */
    static Optional<Charset> guess(byte[] bytes) {
        UniversalDetector detector = new UniversalDetector();
        // Names of properties look the same in every charset: only lines with something else in them tell.
        int start = 0;
        for (int i = 0; i <= bytes.length && !detector.isDone(); i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                byte[] line = Arrays.copyOfRange(bytes, start, i);
                if (!isAscii(line)) {
                    detector.handleData(line, 0, line.length);
                }
                start = i + 1;
            }
        }
        detector.dataEnd();
        return named(detector.getDetectedCharset())
                .filter(charset -> !charset.equals(StandardCharsets.UTF_8))
                .filter(charset -> !charset.equals(StandardCharsets.US_ASCII));
    }
}
