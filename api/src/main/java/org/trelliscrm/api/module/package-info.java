// SPDX-License-Identifier: Apache-2.0
/** What makes a bundle a module. */
@Export
@Version("1.0.0")
@NullMarked
package org.trelliscrm.api.module;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
