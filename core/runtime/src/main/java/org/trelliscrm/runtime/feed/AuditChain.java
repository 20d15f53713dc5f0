// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.feed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hashes that tie each change to the one before it: SHA-256 over the hash before and the row with its place in the feed.
 * Made by the feed as it numbers changes, made again by whoever verifies them.
 */
final class AuditChain {

    /** What stands before the first row. */
    static final String START = "0".repeat(64);

    private final MessageDigest digest;
    private long position;
    private String hash;

    /** Goes on after a place whose hash is known. */
    AuditChain(long position, String hash) {
        this.position = position;
        this.hash = hash;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Puts one more row at the end. */
    void add(ChainedRow row) {
        add(next(row));
    }

    /** Moves on to the next place, whose hash is known. */
    void add(String next) {
        position++;
        hash = next;
    }

    /** The hash that a row has if it comes next. */
    String next(ChainedRow row) {
        digest.update(hash.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(digest.digest(row.canonical(position + 1)));
    }

    long position() {
        return position;
    }

    String hash() {
        return hash;
    }
}
