// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import org.trelliscrm.testkit.BundleRules;

class ContactsBundleIT extends BundleRules {}
