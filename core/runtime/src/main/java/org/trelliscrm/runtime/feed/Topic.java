// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.feed;

import java.util.Map;
import java.util.regex.Pattern;
import org.trelliscrm.api.record.Change;

/**
 * What a change is called outside: {@code contact/created}, {@code deal/win}. What the engine itself does is told in the
 * past tense, an action by its own name.
 */
public record Topic(String type, String verb) {

    private static final Map<String, String> PAST =
            Map.of("create", "created", "update", "updated", "trash", "trashed", "restore", "restored");
    private static final Pattern WISH = Pattern.compile("\\*|[a-z][a-z0-9_]{0,39}/(\\*|[a-z][a-z0-9-]{0,59})");

    public static Topic of(Change change) {
        return new Topic(change.type(), PAST.getOrDefault(change.verb(), change.verb()));
    }

    /** Whether this is a topic or a pattern of some: {@code contact/created}, {@code contact/*}, {@code *}. */
    public static boolean isWish(String text) {
        return WISH.matcher(text).matches();
    }

    /** Whether it is what was wished for. */
    public boolean fits(String wish) {
        return wish.equals("*") || wish.equals(type + "/*") || wish.equals(text());
    }

    public String text() {
        return type + "/" + verb;
    }
}
