// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.pipeline;

import org.trelliscrm.testkit.ModuleRules;

class PipelineRulesTest extends ModuleRules {}
