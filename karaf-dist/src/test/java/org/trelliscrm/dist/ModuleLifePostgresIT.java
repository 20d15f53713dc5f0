// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class ModuleLifePostgresIT extends ModuleLife {
    ModuleLifePostgresIT() {
        super(Database.POSTGRESQL);
    }
}
