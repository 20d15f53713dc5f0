// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.feed;

import org.trelliscrm.runtime.records.Engine;

/** The audit chain on a PostgreSQL server. */
class AuditOnPostgreSqlTest extends AuditTest {

    @Override
    Engine start() {
        return Engine.onPostgreSql();
    }
}
