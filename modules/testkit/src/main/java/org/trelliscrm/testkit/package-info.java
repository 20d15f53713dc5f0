// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.trelliscrm.testkit;

import org.jspecify.annotations.NullMarked;
