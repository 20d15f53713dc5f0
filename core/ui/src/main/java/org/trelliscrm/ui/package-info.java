// SPDX-License-Identifier: Apache-2.0
/** The web page: its files, and the servlet that hands them out. */
@NullMarked
package org.trelliscrm.ui;

import org.jspecify.annotations.NullMarked;
