// SPDX-License-Identifier: Apache-2.0
/** What the author of a module tests with: the rules that every module keeps, and fakes of what the engine provides. */
@NullMarked
package org.trelliscrm.testkit;

import org.jspecify.annotations.NullMarked;
