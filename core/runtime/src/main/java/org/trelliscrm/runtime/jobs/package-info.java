// SPDX-License-Identifier: Apache-2.0
/** The queue of work that takes longer than a request, and the threads that do it. */
@NullMarked
package org.trelliscrm.runtime.jobs;

import org.jspecify.annotations.NullMarked;
