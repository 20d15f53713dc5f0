// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.feed;

import org.jspecify.annotations.Nullable;

/** Which change set each thread works in; {@link ChangeSets} says so and asks. */
final class CurrentChangeSet {

    static final ThreadLocal<@Nullable Long> ID = new ThreadLocal<>();

    private CurrentChangeSet() {}
}
