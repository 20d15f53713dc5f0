// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.events;

import org.trelliscrm.runtime.records.Engine;

class EventStreamsOnDerbyTest extends EventStreamsTest {

    @Override
    Engine start() {
        return Engine.onDerby();
    }
}
