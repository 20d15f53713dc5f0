// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class BadInputDerbyIT extends BadInput {
    BadInputDerbyIT() {
        super(Database.DERBY);
    }
}
