// SPDX-License-Identifier: Apache-2.0
/** What customers have from us, and until when it is under warranty. */
@Module(id = "example")
@NullMarked
package org.trelliscrm.example;

import org.jspecify.annotations.NullMarked;
import org.trelliscrm.api.module.Module;
