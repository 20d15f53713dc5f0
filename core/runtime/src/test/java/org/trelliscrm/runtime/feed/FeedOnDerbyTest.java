// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.feed;

import org.trelliscrm.runtime.records.Engine;

/** The change feed on the embedded database. */
class FeedOnDerbyTest extends FeedTest {

    @Override
    Engine start() {
        return Engine.onDerby();
    }
}
