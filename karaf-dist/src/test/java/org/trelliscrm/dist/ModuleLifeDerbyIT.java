// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class ModuleLifeDerbyIT extends ModuleLife {
    ModuleLifeDerbyIT() {
        super(Database.DERBY);
    }
}
