// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.ui;

import org.trelliscrm.testkit.ArchitectureRules;

class UiRulesTest extends ArchitectureRules {}
