// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A range of addresses in CIDR notation, for example {@code 10.0.0.0/8} or {@code fd00::/8}; one address without a length. */
record Network(byte[] address, int length) {

    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F:.]+");

    /** @throws IllegalArgumentException if the text is none */
    static Network of(String text) {
        String[] parts = text.strip().split("/", 2);
        if (!LITERAL.matcher(parts[0]).matches()) {
            throw new IllegalArgumentException("no network: " + text);
        }
        try {
            // A literal: nobody is asked for it.
            byte[] address = InetAddress.getByName(parts[0]).getAddress();
            int bits = address.length * Byte.SIZE;
            int length = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
            if (length < 0 || length > bits) {
                throw new IllegalArgumentException("no network: " + text);
            }
            return new Network(address, length);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no network: " + text, e);
        }
    }

    static List<Network> all(String... texts) {
        return Arrays.stream(texts).map(Network::of).toList();
    }

    boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        int rest = address.length * Byte.SIZE - length;
        return bytes.length == address.length
                && new BigInteger(1, bytes).shiftRight(rest).equals(new BigInteger(1, address).shiftRight(rest));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network that && length == that.length && Arrays.equals(address, that.address);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(address) + length;
    }

    @Override
    public String toString() {
        return Arrays.toString(address) + "/" + length;
    }
}
