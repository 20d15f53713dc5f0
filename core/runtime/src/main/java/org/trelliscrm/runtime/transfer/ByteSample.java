// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the bytes of a whole file tell about its charset, gathered while they pass by. */
final class ByteSample {

    private static final int TELLING_SIZE = 1 << 16;
    private static final int HEAD_SIZE = 1 << 16;
    private static final int LONGEST_LINE = 1 << 12;

    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer decoded = CharBuffer.allocate(1 << 16);
    private ByteBuffer undecoded = ByteBuffer.allocate(0);
    private boolean isUtf8 = true;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final ByteArrayOutputStream telling = new ByteArrayOutputStream();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean lineTells;

    void add(byte[] bytes, int count) {
        head.write(bytes, 0, Math.min(count, Math.max(0, HEAD_SIZE - head.size())));
        if (isUtf8) {
            decode(bytes, count);
        }
        for (int i = 0; i < count && telling.size() < TELLING_SIZE; i++) {
            addToLine(bytes[i]);
        }
    }

    private void decode(byte[] bytes, int count) {
        ByteBuffer all = ByteBuffer.allocate(undecoded.remaining() + count);
        all.put(undecoded).put(bytes, 0, count).flip();
        CoderResult result;
        do {
            decoded.clear();
            result = utf8.decode(all, decoded, false);
        } while (result.isOverflow());
        isUtf8 = !result.isError();
        undecoded = all;
    }

    // Lines of plain ASCII say nothing; those with other bytes may stand far down in the file.
    private void addToLine(byte b) {
        lineTells |= b < 0;
        line.write(b);
        if (b == '\n' || b == '\r' || line.size() == LONGEST_LINE) {
            endLine();
        }
    }

    private void endLine() {
        if (lineTells) {
            telling.writeBytes(line.toByteArray());
        }
        line.reset();
        lineTells = false;
    }

    /** The lines that are not plain ASCII, as far as they are needed. */
    byte[] telling() {
        endLine();
        return telling.toByteArray();
    }

    boolean isUtf8() {
        // What is left over is a character cut off by the end of the file.
        return isUtf8 && !undecoded.hasRemaining();
    }

    Optional<Charset> byteOrderMark() {
        byte[] start = head.toByteArray();
        if (starts(start, 0xEF, 0xBB, 0xBF)) {
            return Optional.of(StandardCharsets.UTF_8);
        } else if (starts(start, 0xFF, 0xFE)) {
            return Optional.of(StandardCharsets.UTF_16LE);
        } else if (starts(start, 0xFE, 0xFF)) {
            return Optional.of(StandardCharsets.UTF_16BE);
        }
        return Optional.empty();
    }

    private static boolean starts(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * UTF-16 without a mark: the line ends, separators and digits of any table have a zero byte, always on the same side. A
     * zero byte that stands alone is damage, not UTF-16.
     */
    Optional<Charset> utf16() {
        byte[] bytes = head.toByteArray();
        int[] zeros = new int[2];
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                zeros[i % 2]++;
            }
        }
        int side = zeros[1] >= zeros[0] ? 1 : 0;
        boolean enough = zeros[side] >= 2 && zeros[side] * 100L >= bytes.length;
        boolean oneSided = zeros[1 - side] * 20 <= zeros[side];
        if (!enough || !oneSided) {
            return Optional.empty();
        }
        Charset charset = side == 1 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        String text = new String(bytes, charset);
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 ? Optional.of(charset) : Optional.empty();
    }
}
