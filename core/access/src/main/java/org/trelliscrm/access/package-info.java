// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.trelliscrm.access;

import org.jspecify.annotations.NullMarked;
