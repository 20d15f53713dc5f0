// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/**
 * Which addresses a webhook may reach: those of the public internet, and the networks that an administrator has allowed.
 * Whoever may make webhooks must not reach with them what only this machine can reach (server-side request forgery).
 */
record AddressRules(List<Network> allowed, Set<Integer> ports) {

    // RFC 6890 and its registries: all that is not a host of the public internet.
    private static final List<Network> NOT_PUBLIC_V4 = Network.all(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");
    private static final Network PUBLIC_V6 = Network.of("2000::/3");
    // Tunnels lead to any IPv4 address there is: Teredo and others, 6to4.
    private static final List<Network> NOT_PUBLIC_V6 =
            Network.all("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");
    private static final int V4_BYTES = 4;

    /** Java gives an IPv4 address that is mapped into IPv6 as what it is, so it is judged as that. */
    boolean mayReach(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.contains(address)) || isPublic(address);
    }

    private static boolean isPublic(InetAddress address) {
        List<Network> not = address.getAddress().length == V4_BYTES ? NOT_PUBLIC_V4 : NOT_PUBLIC_V6;
        return not.stream().noneMatch(network -> network.contains(address))
                && (not == NOT_PUBLIC_V4 || PUBLIC_V6.contains(address));
    }

    boolean mayUse(int port) {
        return ports.contains(port);
    }
}
