// SPDX-License-Identifier: Apache-2.0
/** Live changes for those who watch, as server-sent events. */
@NullMarked
package org.trelliscrm.runtime.events;

import org.jspecify.annotations.NullMarked;
