// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.trelliscrm.api.problem.Invalid;

/** The address that a webhook is sent to, as far as it can be judged without asking for the address behind its name. */
final class Target {

    private static final int LONGEST = 2000;
    // Also the old ways to write an IPv4 address, 127.1 or 2130706433 or 0177.0.0.1, which each library reads as it
    // likes:
    // they are refused.
    private static final Pattern LITERAL =
            Pattern.compile("\\[.*]|(0[xX][0-9a-fA-F]+|[0-9]+)(\\.(0[xX][0-9a-fA-F]+|[0-9]+)){0,3}\\.?");

    private Target() {}

    /**
     * Checks what somebody wants to be told at.
     *
     * @throws Invalid if it is no address of http or https, or one that is never reached
     */
    static URI check(String text, AddressRules rules) {
        URI uri = parse(text);
        if (text.length() > LONGEST || uri.getHost() == null || !isHttp(uri)) {
            throw Invalid.field("url", "webhook.notHttp", Map.of());
        }
        if (uri.getRawUserInfo() != null || uri.getRawAuthority().contains("@")) {
            throw Invalid.field("url", "webhook.userInfo", Map.of());
        }
        if (!rules.mayUse(port(uri))) {
            throw Invalid.field("url", "webhook.port", Map.of("port", port(uri)));
        }
        if (isRefused(uri.getHost().toLowerCase(Locale.ROOT), rules)) {
            throw Invalid.field("url", "webhook.address", Map.of("host", uri.getHost()));
        }
        return uri;
    }

    private static URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw Invalid.field("url", "webhook.notHttp", Map.of());
        }
    }

    private static boolean isHttp(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private static boolean isRefused(String host, AddressRules rules) {
        try {
            if (host.equals("localhost") || host.endsWith(".localhost")) {
                return !rules.mayReach(InetAddress.getByName("127.0.0.1"));
            }
            // A name is judged when it is connected to, by the address it has then; of a literal nobody is asked.
            if (!LITERAL.matcher(host).matches()) {
                return false;
            }
            InetAddress address = InetAddress.getByName(host);
            boolean plain = host.startsWith("[") || host.equals(address.getHostAddress());
            return !plain || !rules.mayReach(address);
        } catch (UnknownHostException e) {
            return true;
        }
    }
}
