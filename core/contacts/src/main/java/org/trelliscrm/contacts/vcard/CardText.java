// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of one card into text: UTF-8 if they are that, else what the property declares, else a guess. */
final class CardText {

    private static final Charset LAST_RESORT = Charset.forName("windows-1252");

    private final boolean isUtf8;
    private final Charset guessed;

    /** @param fileGuess what the whole file seems to be written in; {@code null} to judge by this card alone */
    CardText(byte[] card, @Nullable Charset fileGuess) {
        isUtf8 = Charsets.strict(card, StandardCharsets.UTF_8).isPresent();
        if (isUtf8) {
            guessed = StandardCharsets.UTF_8;
        } else {
            guessed = fileGuess != null ? fileGuess : Charsets.guess(card).orElse(LAST_RESORT);
        }
    }

    /** Bytes as they stand in the file. */
    String of(byte[] bytes, Optional<Charset> declared) {
        if (Charsets.hasEscapes(bytes)) {
            return new String(bytes, declared.orElseGet(() -> Charset.forName("ISO-2022-JP")));
        } else if (isUtf8) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return declared.flatMap(charset -> Charsets.strict(bytes, charset))
                .or(() -> Charsets.strict(bytes, StandardCharsets.UTF_8))
                .orElseGet(() -> new String(bytes, guessed));
    }

    /** Bytes that were wrapped in ASCII for transport, so that the file around them says nothing about them. */
    String ofWrapped(byte[] bytes, Optional<Charset> declared) {
        return declared.flatMap(charset -> Charsets.strict(bytes, charset))
                .or(() -> Charsets.strict(bytes, StandardCharsets.UTF_8))
                .orElseGet(() -> new String(bytes, wrappedGuess(bytes)));
    }

    private Charset wrappedGuess(byte[] bytes) {
        return isUtf8 ? Charsets.guess(bytes).orElse(LAST_RESORT) : guessed;
    }
}
