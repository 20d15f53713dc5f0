// SPDX-License-Identifier: Apache-2.0
/** The change feed: written with every change, put in order afterwards, read by listeners. */
@NullMarked
package org.trelliscrm.runtime.feed;

import org.jspecify.annotations.NullMarked;
