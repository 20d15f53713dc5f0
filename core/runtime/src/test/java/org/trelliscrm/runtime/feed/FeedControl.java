// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.feed;

import org.trelliscrm.api.record.ChangeListener;

/** Starts and stops a feed as the framework would, for the tests of those who listen to it. */
public final class FeedControl {

    private FeedControl() {}

    public static void start(Feed feed, ChangeListener listener) {
        feed.start();
        feed.bindListener(listener);
    }

    public static void stop(Feed feed) {
        feed.stop();
    }
}
