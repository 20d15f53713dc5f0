// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** Puts tags in order. */
final class Tags {

    private Tags() {}

    /** Each tag once, whatever its case, as it was written first; in the order of the alphabet. */
    static List<String> tidy(Collection<String> tags) {
        TreeMap<String, String> byKey = new TreeMap<>();
        for (String tag : tags) {
            String bare = Labels.withoutStar(tag);
            if (!bare.isEmpty()) {
                byKey.putIfAbsent(NameKey.of(bare), bare);
            }
        }
        return new ArrayList<>(byKey.values());
    }
}
