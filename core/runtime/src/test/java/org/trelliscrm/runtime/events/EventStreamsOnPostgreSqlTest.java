// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.events;

import org.trelliscrm.runtime.records.Engine;

class EventStreamsOnPostgreSqlTest extends EventStreamsTest {

    @Override
    Engine start() {
        return Engine.onPostgreSql();
    }
}
