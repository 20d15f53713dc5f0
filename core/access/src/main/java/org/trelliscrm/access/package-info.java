// SPDX-License-Identifier: Apache-2.0
/** Users, teams and roles: who works with the system, how they prove who they are, and what they may do. */
@Module(id = "access")
@NullMarked
package org.trelliscrm.access;

import org.jspecify.annotations.NullMarked;
import org.trelliscrm.api.module.Module;
