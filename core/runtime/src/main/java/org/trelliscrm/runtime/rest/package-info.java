// SPDX-License-Identifier: Apache-2.0
/** What HTTP callers see. */
@NullMarked
package org.trelliscrm.runtime.rest;

import org.jspecify.annotations.NullMarked;
