// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.pipeline;

import org.trelliscrm.testkit.BundleRules;

class PipelineBundleIT extends BundleRules {}
