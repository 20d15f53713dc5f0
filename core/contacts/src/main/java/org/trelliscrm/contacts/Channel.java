// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.util.List;
import java.util.Optional;

/** A way to reach a contact, of which it may have several and prefers one: an e-mail address, a phone, a postal address. */
interface Channel {

    boolean isPreferred();

    void prefer(boolean preferred);

    /** Whether it is worth trying. */
    boolean isUsable();

    /** Leaves one mark in the list: the first that was set, else on the first that can be used. */
    static <C extends Channel> void preferOne(List<C> channels) {
        Optional<C> chosen = channels.stream()
                .filter(Channel::isPreferred)
                .findFirst()
                .or(() -> channels.stream().filter(Channel::isUsable).findFirst())
                .or(() -> channels.stream().findFirst());
        channels.forEach(channel -> channel.prefer(chosen.get() == channel));
    }

    /** The preferred one, or the first other one while the preferred cannot be used. */
    static <C extends Channel> Optional<C> primary(List<C> channels) {
        return channels.stream()
                .filter(Channel::isPreferred)
                .filter(Channel::isUsable)
                .findFirst()
                .or(() -> channels.stream().filter(Channel::isUsable).findFirst());
    }
}
