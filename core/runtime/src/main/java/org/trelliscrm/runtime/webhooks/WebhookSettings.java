// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code etc/org.trelliscrm.webhooks.cfg} says. Changes in place: as a component that is made anew it would take the
 * whole of {@code /api} down for a moment.
 */
@Component(service = WebhookSettings.class, configurationPid = "org.trelliscrm.webhooks")
public class WebhookSettings {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookSettings.class);

    private volatile AddressRules rules = new AddressRules(List.of(), Set.of());

    /** What an administrator may set. */
    public @interface Settings {
        /** Networks beside the public internet that may be reached, in CIDR notation with commas between. */
        String allowedNetworks() default "";

        /** The ports that may be reached, with commas between. */
        String allowedPorts() default "80,443";
    }

    @Activate
    @Modified
    void set(Settings settings) {
        try {
            rules = new AddressRules(
                    words(settings.allowedNetworks()).map(Network::of).toList(),
                    words(settings.allowedPorts()).map(Integer::valueOf).collect(Collectors.toSet()));
        } catch (IllegalArgumentException e) {
            // Closed rather than half open.
            rules = new AddressRules(List.of(), Set.of());
            LOG.error("no webhook is sent: etc/org.trelliscrm.webhooks.cfg cannot be read: {}", e.getMessage());
        }
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(word -> !word.isEmpty());
    }

    AddressRules rules() {
        return rules;
    }
}
