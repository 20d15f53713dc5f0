// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.trelliscrm.contacts;

import org.jspecify.annotations.NullMarked;
