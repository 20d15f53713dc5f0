// SPDX-License-Identifier: Apache-2.0
/** Work that takes longer than a request. */
@Export
@Version("1.1.0")
@NullMarked
package org.trelliscrm.api.job;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
