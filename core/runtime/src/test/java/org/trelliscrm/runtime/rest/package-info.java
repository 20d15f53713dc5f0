// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.trelliscrm.runtime.rest;

import org.jspecify.annotations.NullMarked;
