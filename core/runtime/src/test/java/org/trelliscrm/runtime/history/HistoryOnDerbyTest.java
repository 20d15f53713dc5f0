// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.history;

import org.trelliscrm.runtime.records.Engine;

/** Undo and history on the embedded database. */
class HistoryOnDerbyTest extends HistoryTest {

    @Override
    Engine start() {
        return Engine.onDerby();
    }
}
