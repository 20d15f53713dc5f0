// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class UndoDerbyIT extends Undo {
    UndoDerbyIT() {
        super(Database.DERBY);
    }
}
