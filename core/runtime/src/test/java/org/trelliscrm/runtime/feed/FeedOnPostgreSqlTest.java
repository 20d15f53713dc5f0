// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.feed;

import org.trelliscrm.runtime.records.Engine;

/** The change feed on a PostgreSQL server. */
class FeedOnPostgreSqlTest extends FeedTest {

    @Override
    Engine start() {
        return Engine.onPostgreSql();
    }
}
