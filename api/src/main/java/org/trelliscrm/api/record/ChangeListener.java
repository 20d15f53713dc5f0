// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.record;

import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads the change feed: search, scores, webhooks. Registered as an OSGi service; called by the runtime after commit, in
 * the order of the feed, one call at a time. Sees every change at least once, so it must not mind seeing one twice; its
 * place in the feed is kept in the database. If it throws, the same changes come again later.
 */
@ConsumerType
public interface ChangeListener {

    /** The name under which its place in the feed is kept: the module's id and a word, for example {@code scoring.points}. */
    String name();

    /** The types whose changes it wants; empty for all. */
    default Set<String> types() {
        return Set.of();
    }

    /** Takes some changes; the place in the feed moves on when it returns. */
    void changed(List<Change> changes);
}
