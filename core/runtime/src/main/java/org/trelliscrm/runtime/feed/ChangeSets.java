// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.feed;

import org.jspecify.annotations.Nullable;

/** Groups all changes of one piece of work, for example one import, under one id. */
public final class ChangeSets {

    private static final ThreadLocal<@Nullable Long> CURRENT = new ThreadLocal<>();

    private ChangeSets() {}

    /** Does some work; every change that this thread makes meanwhile belongs to the change set. */
    public static void within(long changeSet, Runnable work) {
        Long before = CURRENT.get();
        CURRENT.set(changeSet);
        try {
            work.run();
        } finally {
            CURRENT.set(before);
        }
    }

    /** The change set that this thread works in, or {@code null}. */
    public static @Nullable Long current() {
        return CURRENT.get();
    }
}
