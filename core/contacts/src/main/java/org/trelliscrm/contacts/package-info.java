// SPDX-License-Identifier: Apache-2.0
/** People and organisations, in one family as vCard has them. */
@Module(id = "contacts")
@NullMarked
package org.trelliscrm.contacts;

import org.jspecify.annotations.NullMarked;
import org.trelliscrm.api.module.Module;
