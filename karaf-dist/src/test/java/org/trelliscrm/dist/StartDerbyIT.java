// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class StartDerbyIT extends Start {
    StartDerbyIT() {
        super(Database.DERBY);
    }
}
