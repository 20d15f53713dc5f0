// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.trelliscrm.activities;

import org.jspecify.annotations.NullMarked;
