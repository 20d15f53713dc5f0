// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import org.trelliscrm.runtime.records.Engine;

class WebhooksOnDerbyTest extends WebhooksTest {

    @Override
    Engine start() {
        return Engine.onDerby();
    }
}
