// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

/** The engine on the embedded database. */
class RecordEngineOnDerbyTest extends RecordEngineTest {

    @Override
    Engine start() {
        return Engine.onDerby();
    }
}
