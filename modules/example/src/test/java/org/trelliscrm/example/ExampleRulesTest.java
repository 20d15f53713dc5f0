// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.example;

import org.trelliscrm.testkit.ModuleRules;

class ExampleRulesTest extends ModuleRules {}
