// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.ui;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file of the page as browsers get it.
 *
 * @param content its bytes; nobody changes them
 * @param mediaType its type, which the browser has to believe
 * @param tag what changes whenever the content does, as {@code ETag} writes it
 */
record PageFile(byte[] content, String mediaType, String tag) {

    private static final int TAG_BYTES = 12;

    /** The only kinds of files that a page of ours is made of. */
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            // To be read in the browser, which would only save it as what it is.
            "md", "text/plain; charset=utf-8");

    static PageFile of(String name, byte[] content) {
        String mediaType = MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (mediaType == null) {
            throw new IllegalArgumentException("nobody has said how to hand out " + name);
        }
        return new PageFile(content, mediaType, tag(content));
    }

    private static String tag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(Arrays.copyOf(hash, TAG_BYTES)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether a browser that sends this {@code If-None-Match} has the file already (RFC 9110, 13.1.2). */
    boolean isKnownTo(@Nullable String ifNoneMatch) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(","))
                        .map(String::strip)
                        .anyMatch(known -> known.equals("*")
                                || known.replaceFirst("^W/", "").equals(tag));
    }
}
