// SPDX-License-Identifier: Apache-2.0
/** What people do for their customers: tasks, calls, meetings, notes, e-mails. */
@Module(id = "activities")
@NullMarked
package org.trelliscrm.activities;

import org.jspecify.annotations.NullMarked;
import org.trelliscrm.api.module.Module;
