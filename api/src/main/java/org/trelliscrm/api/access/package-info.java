// SPDX-License-Identifier: Apache-2.0
/** Who is asking, and what they may do: role × record type × verb × scope. */
@Export
@Version("1.1.0")
@NullMarked
package org.trelliscrm.api.access;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
