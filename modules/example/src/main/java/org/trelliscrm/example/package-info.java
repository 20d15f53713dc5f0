// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.trelliscrm.example;

import org.jspecify.annotations.NullMarked;
