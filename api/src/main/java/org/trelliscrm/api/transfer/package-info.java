// SPDX-License-Identifier: Apache-2.0
/** File formats that records are imported from and exported to. */
@Export
@Version("1.0.0")
@NullMarked
package org.trelliscrm.api.transfer;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
