// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.util.Optional;
import org.trelliscrm.api.access.Caller;

/** Finds the person behind a job, with the rights they have by now; empty if they may no longer sign in. */
@FunctionalInterface
interface CallerLookup {
    Optional<Caller> byUser(int tenant, long user);
}
