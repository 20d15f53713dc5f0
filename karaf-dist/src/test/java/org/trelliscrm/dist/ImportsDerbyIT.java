// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class ImportsDerbyIT extends Imports {
    ImportsDerbyIT() {
        super(Database.DERBY);
    }
}
