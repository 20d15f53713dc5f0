// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What stands for one household or office on the network. */
final class Network {

    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final int PREFIX_BYTES = 8;

    private Network() {}

    /** Of an IPv6 address the first half, for whoever has one has 2^64; any other address as it is. */
    static String of(String address) {
        String bare = address.replaceAll("[\\[\\]]|%.*", "");
        if (!bare.contains(":") || !IPV6.matcher(bare).matches()) {
            return address;
        }
        try {
            // An address with a colon is never looked up in the DNS.
            InetAddress parsed = InetAddress.getByName(bare);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), PREFIX_BYTES))
                    : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
