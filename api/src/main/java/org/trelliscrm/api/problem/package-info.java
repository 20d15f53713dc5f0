// SPDX-License-Identifier: Apache-2.0
/** What can go wrong, said so that a person knows what to do; RFC 9457 over HTTP. */
@Export
@Version("1.0.0")
@NullMarked
package org.trelliscrm.api.problem;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
