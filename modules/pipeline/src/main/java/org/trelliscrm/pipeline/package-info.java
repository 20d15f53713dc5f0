// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.trelliscrm.pipeline;

import org.jspecify.annotations.NullMarked;
