// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import org.trelliscrm.testkit.ModuleRules;

/** What every module keeps. */
class AccessRulesTest extends ModuleRules {

    /** Sessions and failed sign-ins are no records. */
    @Override
    protected boolean usesJdbc() {
        return true;
    }
}
