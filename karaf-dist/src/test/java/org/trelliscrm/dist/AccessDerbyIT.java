// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class AccessDerbyIT extends Access {
    AccessDerbyIT() {
        super(Database.DERBY);
    }
}
