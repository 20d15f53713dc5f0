// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class UndoPostgresIT extends Undo {
    UndoPostgresIT() {
        super(Database.POSTGRESQL);
    }
}
