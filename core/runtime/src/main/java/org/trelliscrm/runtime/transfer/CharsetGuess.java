// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mozilla.universalchardet.UniversalDetector;
import org.trelliscrm.api.problem.Invalid;

/**
 * In which charset a text file is written. Certain signs first, guesses last: byte order mark, valid UTF-8, the zero bytes of
 * UTF-16, Arabic letters where they make words, the statistics of juniversalchardet. What the caller says goes before
 * all of it.
 *
 * @param charset decodes the file
 * @param name what people know it by
 */
record CharsetGuess(Charset charset, String name) {

    /** Windows writes supersets of these standards under the standards' names. */
    private static final Map<String, String> SUPERSETS = Map.of(
            "BIG5", "x-windows-950",
            "SHIFT_JIS", "windows-31j",
            "GB2312", "GB18030",
            "GBK", "GB18030",
            "EUC-KR", "x-windows-949",
            "ISO-8859-1", "windows-1252",
            "US-ASCII", "windows-1252",
            "TIS620", "x-windows-874");

    /** The charset that the caller says it is. */
    static CharsetGuess named(String name) {
        try {
            return of(name.strip());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new Invalid("csv.unknownCharset", Map.of("charset", name));
        }
    }

    private static CharsetGuess of(String name) {
        String superset = SUPERSETS.getOrDefault(name.toUpperCase(Locale.ROOT), name);
        Charset standard = Charset.forName(name);
        return new CharsetGuess(Charset.isSupported(superset) ? Charset.forName(superset) : standard, standard.name());
    }

    /** Looks at the whole file once. */
    static CharsetGuess of(Path file) throws IOException {
        ByteSample sample = new ByteSample();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                sample.add(buffer, read);
            }
        }
        return of(sample);
    }

    private static CharsetGuess of(ByteSample sample) {
        return sample.byteOrderMark()
                .or(sample::utf16)
                .or(() -> sample.isUtf8() ? Optional.of(StandardCharsets.UTF_8) : Optional.empty())
                .map(charset -> new CharsetGuess(charset, charset.name()))
                .or(() -> ArabicText.isPlausible(sample.telling()) ? Optional.of(of("windows-1256")) : Optional.empty())
                .or(() -> detected(sample.telling()))
                .orElseGet(() -> of("windows-1252"));
    }

    private static Optional<CharsetGuess> detected(byte[] telling) {
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(telling);
        detector.dataEnd();
        String name = detector.getDetectedCharset();
        return name != null && Charset.isSupported(name) ? Optional.of(of(name)) : Optional.empty();
    }
}
