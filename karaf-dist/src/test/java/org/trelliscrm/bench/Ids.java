// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

/** Ids as the engine makes them: milliseconds since 2020 above 22 other bits, in JSON 13 characters of base 32. */
final class Ids {

    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final long EPOCH_MILLIS = 1_577_836_800_000L;
    private static final int LOW_BITS = 22;
    private static final int LENGTH = 13;

    private Ids() {}

    /** The id of a record made in this millisecond; {@code low} tells those of one millisecond apart. */
    static long at(long epochMillis, int low) {
        return (epochMillis - EPOCH_MILLIS) << LOW_BITS | low;
    }

    static String toText(long id) {
        StringBuilder text = new StringBuilder(LENGTH);
        for (int shift = 5 * (LENGTH - 1); shift >= 0; shift -= 5) {
            text.append(DIGITS.charAt((int) (id >>> shift & 31)));
        }
        return text.toString();
    }

    static long fromText(String text) {
        long id = 0;
        for (char digit : text.toCharArray()) {
            id = id << 5 | DIGITS.indexOf(digit);
        }
        return id;
    }
}
