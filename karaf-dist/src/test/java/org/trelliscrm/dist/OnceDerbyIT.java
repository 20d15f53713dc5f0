// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class OnceDerbyIT extends Once {
    OnceDerbyIT() {
        super(Database.DERBY);
    }
}
