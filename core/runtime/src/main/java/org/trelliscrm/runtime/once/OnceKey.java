// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.once;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.data.Digests;

/**
 * The key of one caller's request. Only its hash is kept, and the answer is sealed with the key itself: an answer may hold a
 * secret that is shown once, a new API key for one, and a copy of the database must not tell it.
 *
 * @param tenant whose data is meant
 * @param user who sent it; a key means nothing to anybody else
 * @param text what the header says, without its quotes
 */
record OnceKey(int tenant, long user, String text) {

    static final int MAX_LENGTH = 255;

    /** A structured string (RFC 8941), or what it would hold without its quotes, as many clients send it. */
    private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*)\"");

    private static final Pattern BARE = Pattern.compile("[!#-+\\--\\[\\]-~]*");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int TAG_BITS = 128;
    private static final int NONCE_BYTES = 12;

    /**
     * Reads the header.
     *
     * @throws Invalid if it is empty, too long, more than one, or holds anything but printable ASCII
     */
    static OnceKey parse(Caller caller, long user, String header) {
        String value = header.strip();
        String text = QUOTED.matcher(value).matches()
                ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
                : value;
        boolean readable =
                QUOTED.matcher(value).matches() || BARE.matcher(value).matches();
        if (!readable || text.isBlank() || text.length() > MAX_LENGTH) {
            throw new Invalid("idempotency.badKey", Map.of("max", MAX_LENGTH));
        }
        return new OnceKey(caller.tenant(), user, text);
    }

    /** Under which it is kept. */
    String hash() {
        return HexFormat.of().formatHex(digest("key"));
    }

    /** The text, unreadable for whoever lacks the key. */
    String seal(String answer) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, answer.getBytes(StandardCharsets.UTF_8));
        byte[] both = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, both, nonce.length, sealed.length);
        return Base64.getEncoder().encodeToString(both);
    }

    /** What was sealed with the same key. */
    String open(String sealed) {
        byte[] both = Base64.getDecoder().decode(sealed);
        byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
        byte[] answer = crypt(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(both, NONCE_BYTES, both.length));
        return new String(answer, StandardCharsets.UTF_8);
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, new SecretKeySpec(digest("answer"), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a stored answer cannot be sealed or opened", e);
        }
    }

    private byte[] digest(String purpose) {
        return Digests.sha256()
                .digest((purpose + " " + tenant + " " + user + " " + text).getBytes(StandardCharsets.UTF_8));
    }

    /** Without the key: it opens the answer. */
    @Override
    public String toString() {
        return "a key of user " + user;
    }
}
