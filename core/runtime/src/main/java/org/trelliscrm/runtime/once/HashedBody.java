// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.once;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.trelliscrm.runtime.data.Digests;

/**
 * The body of a request, hashed while the resource reads it: nothing of it is kept, however long it is. The hash begins with
 * method, address and type of content, so that it tells requests apart and not only bodies.
 */
final class HashedBody extends FilterInputStream {

    /** What a resource leaves unread of a body that it has understood: the end of a form, blanks. */
    private static final int MAX_REST = 1 << 20;

    private static final int BUFFER = 8192;

    private final MessageDigest digest = Digests.sha256();
    private long length;

    HashedBody(InputStream in, String head) {
        super(in);
        digest.update(head.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    /** Two requests with the same fingerprint are the same. */
    record Fingerprint(String hash, long length) {}

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
        int read = super.read(buffer, offset, count);
        if (read > 0) {
            digest.update(buffer, offset, read);
            length += read;
        }
        return read;
    }

    /** By reading, since what is skipped belongs to the request too. */
    @Override
    public long skip(long count) throws IOException {
        return Math.max(0, read(new byte[(int) Math.min(count, BUFFER)], 0, (int) Math.min(count, BUFFER)));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads what is left; empty if that is too much. To be called once, as the last. */
    Optional<Fingerprint> finish() throws IOException {
        return finish(length + MAX_REST);
    }

    /** Reads on up to a length; empty if there is more. */
    Optional<Fingerprint> finish(long longest) throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (length <= longest) {
            if (read(buffer, 0, BUFFER) < 0) {
                return Optional.of(new Fingerprint(HexFormat.of().formatHex(digest.digest()), length));
            }
        }
        return Optional.empty();
    }
}
