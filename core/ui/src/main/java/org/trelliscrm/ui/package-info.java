// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.trelliscrm.ui;

import org.jspecify.annotations.NullMarked;
