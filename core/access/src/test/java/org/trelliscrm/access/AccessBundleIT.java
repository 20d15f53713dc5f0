// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import org.trelliscrm.testkit.BundleRules;

/** What the bundle of every module keeps. */
class AccessBundleIT extends BundleRules {}
