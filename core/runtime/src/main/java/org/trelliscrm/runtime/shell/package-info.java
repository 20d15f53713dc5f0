// SPDX-License-Identifier: Apache-2.0
/** The administrator's commands in the Karaf shell, in the scope {@code crm}. Who reaches the shell acts for the system. */
@NullMarked
package org.trelliscrm.runtime.shell;

import org.jspecify.annotations.NullMarked;
