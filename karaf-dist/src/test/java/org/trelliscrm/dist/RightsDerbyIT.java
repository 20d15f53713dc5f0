// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class RightsDerbyIT extends Rights {
    RightsDerbyIT() {
        super(Database.DERBY);
    }
}
