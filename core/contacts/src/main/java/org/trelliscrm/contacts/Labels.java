// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people write beside an address or a number; the usual words in one spelling, so that pages can translate them. */
final class Labels {

    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("home", "home"),
            Map.entry("private", "home"),
            Map.entry("work", "work"),
            Map.entry("business", "work"),
            Map.entry("mobile", "mobile"),
            Map.entry("cell", "mobile"),
            Map.entry("cellular", "mobile"),
            Map.entry("main", "main"),
            Map.entry("fax", "fax"),
            Map.entry("work fax", "work fax"),
            Map.entry("workfax", "work fax"),
            Map.entry("business fax", "work fax"),
            Map.entry("home fax", "home fax"),
            Map.entry("homefax", "home fax"),
            Map.entry("other fax", "other fax"),
            Map.entry("otherfax", "other fax"),
            Map.entry("pager", "pager"),
            Map.entry("other", "other"));

    /** Google's CSV files mark the preferred entry, and its own groups, with this. */
    private static final String STAR = "*";

    private Labels() {}

    static boolean isStarred(@Nullable String label) {
        return label != null && label.strip().startsWith(STAR);
    }

    static @Nullable String tidy(@Nullable String label) {
        if (label == null) {
            return null;
        }
        String bare = withoutStar(label);
        return bare.isEmpty() ? null : USUAL.getOrDefault(bare.toLowerCase(Locale.ROOT), bare);
    }

    static String withoutStar(String label) {
        String bare = label.strip();
        return bare.startsWith(STAR) ? bare.substring(STAR.length()).strip() : bare;
    }
}
