// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.example;

import org.trelliscrm.testkit.BundleRules;

class ExampleBundleIT extends BundleRules {}
