// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.trelliscrm.runtime.limits;

import org.jspecify.annotations.NullMarked;
