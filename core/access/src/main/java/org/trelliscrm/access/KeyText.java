// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as a program sends it: {@code tcrm_<id>_<secret>}. The beginning tells scanners for leaked secrets what they
 * have found; the id finds the record; the secret has 256 bits, so a plain hash of it is safe to keep.
 *
 * @param prefix {@code tcrm_<id>}, no secret
 * @param secret the rest
 */
record KeyText(String prefix, String secret) {

    private static final int ID_LENGTH = 12;
    private static final int SECRET_LENGTH = 43;
    private static final Pattern FORM =
            Pattern.compile("(tcrm_[0-9A-Za-z]{" + ID_LENGTH + "})_([0-9A-Za-z]{" + SECRET_LENGTH + "})");

    /** A new key. */
    static KeyText random() {
        return new KeyText("tcrm_" + Secrets.random(ID_LENGTH), Secrets.random(SECRET_LENGTH));
    }

    /** Reads a key; empty if the text cannot be one. */
    static Optional<KeyText> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new KeyText(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** The whole key. */
    String text() {
        return prefix + "_" + secret;
    }

    /** What is kept of the secret. */
    String secretHash() {
        return Secrets.hash(secret);
    }

    /** Without the secret, lest it land in a log. */
    @Override
    public String toString() {
        return prefix;
    }
}
