// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworkTest {

    @Test
    void allAddressesOfOneIpv6NetworkAreTheSame() {
        assertThat(Network.of("2001:db8:1:2::1"))
                .isEqualTo(Network.of("2001:DB8:1:2:ffff::77"))
                .isEqualTo(Network.of("[2001:db8:1:2::9%eth0]"))
                .isNotEqualTo(Network.of("2001:db8:1:3::1"));
    }

    @Test
    void anIpv4AddressStandsForItself() {
        assertThat(Network.of("192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(Network.of("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
    }

    @Test
    void whateverAProxyHasWrittenIsTakenAsItIs() {
        assertThat(Network.of("")).isEmpty();
        assertThat(Network.of("example.org:80")).isEqualTo("example.org:80");
        assertThat(Network.of(":::::")).isEqualTo(":::::");
    }
}
