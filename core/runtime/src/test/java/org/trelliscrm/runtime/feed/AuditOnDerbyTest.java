// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.feed;

import org.trelliscrm.runtime.records.Engine;

/** The audit chain on the embedded database. */
class AuditOnDerbyTest extends AuditTest {

    @Override
    Engine start() {
        return Engine.onDerby();
    }
}
