// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.trelliscrm.runtime.custom;

import org.jspecify.annotations.NullMarked;
