// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one hash that is used. */
public final class Digests {

    private Digests() {}

    /** SHA-256, which every Java has. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
