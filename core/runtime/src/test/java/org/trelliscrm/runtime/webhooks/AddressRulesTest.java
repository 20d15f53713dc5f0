// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trelliscrm.api.problem.Invalid;

class AddressRulesTest {

    private static final AddressRules RULES = new AddressRules(List.of(), Set.of(80, 443));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.1.1.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::1",
                "2001::1",
                "2001:db8::1",
                "fec0::1"
            })
    void whatIsNotThePublicInternetIsNeverReached(String address) throws Exception {
        assertThat(RULES.mayReach(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"})
    void thePublicInternetIs(String address) throws Exception {
        assertThat(RULES.mayReach(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void anAllowedNetworkIsReachedAndItsNeighbourIsNot() throws Exception {
        AddressRules rules = new AddressRules(Network.all("10.20.0.0/16", "fd00:1::/32"), Set.of(80));

        assertThat(rules.mayReach(InetAddress.getByName("10.20.255.1"))).isTrue();
        assertThat(rules.mayReach(InetAddress.getByName("10.21.0.1"))).isFalse();
        assertThat(rules.mayReach(InetAddress.getByName("fd00:1::5"))).isTrue();
        assertThat(rules.mayReach(InetAddress.getByName("fd00:2::5"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "example.com/8", ""})
    void whatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> Network.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "http://localhost/",
                "http://LOCALHOST/x",
                "https://api.localhost/",
                "http://127.1/",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0177.0.0.1/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[fe80::1%25eth0]/",
                "http://user:secret@example.com/",
                "http://example.com@127.0.0.1/",
                "ftp://example.com/",
                "file:///etc/passwd",
                "http:///nobody",
                "example.com",
                "http://example.com:22/",
                "http://exa mple.com/",
                "javascript:alert(1)",
                "",
                "http://example.com:99999/"
            })
    void anAddressThatIsNeverReachedIsRefusedAtOnce(String url) {
        assertThatThrownBy(() -> Target.check(url, RULES)).isInstanceOf(Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://hooks.example.com/trellis?x=1", "http://93.184.216.34/", "https://example.com:443/"})
    void anOrdinaryAddressIsTaken(String url) {
        assertThat(Target.check(url, RULES)).hasToString(url);
    }
}
