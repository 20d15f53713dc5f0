// SPDX-License-Identifier: Apache-2.0
/** The life of modules. */
@NullMarked
package org.trelliscrm.runtime.modules;

import org.jspecify.annotations.NullMarked;
