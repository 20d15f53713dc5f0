// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes random texts and keeps them as hashes. Not for passwords that people choose: those go to {@link PasswordHash}. */
final class Secrets {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    /** Without characters that look like others: it is read off a screen and typed. */
    private static final String READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz";

    private static final int ONE_TIME_LENGTH = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** Letters and digits; 43 of them hold 256 bits. */
    static String random(int length) {
        return random(ALPHABET, length);
    }

    /** A password for one sign-in: 20 characters, 115 bits. */
    static String oneTimePassword() {
        return random(READABLE, ONE_TIME_LENGTH);
    }

    private static String random(String alphabet, int length) {
        return RANDOM.ints(length, 0, alphabet.length())
                .mapToObj(i -> alphabet.substring(i, i + 1))
                .reduce("", String::concat);
    }

    /** The SHA-256 of a text, 64 hexadecimal digits. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether two hashes are the same, told in a time that does not depend on where they differ. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
