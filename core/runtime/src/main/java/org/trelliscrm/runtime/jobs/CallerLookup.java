// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;

/** Finds the person behind a job, with the rights they have by now; empty if they may no longer come in. */
@FunctionalInterface
interface CallerLookup {

    /** @param key the API key with which they asked, which must still hold, or {@code null} */
    Optional<Caller> find(int tenant, long user, @Nullable Long key);
}
