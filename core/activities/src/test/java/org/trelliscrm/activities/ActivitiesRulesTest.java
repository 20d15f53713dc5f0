// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.activities;

import org.trelliscrm.testkit.ModuleRules;

class ActivitiesRulesTest extends ModuleRules {}
