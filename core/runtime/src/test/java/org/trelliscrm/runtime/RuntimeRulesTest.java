// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime;

import org.trelliscrm.testkit.ArchitectureRules;

class RuntimeRulesTest extends ArchitectureRules {}
