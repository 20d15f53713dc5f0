// SPDX-License-Identifier: Apache-2.0
/** How a module describes its records and takes part in their life. */
@Export
@Version("1.1.0")
@NullMarked
package org.trelliscrm.api.record;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
