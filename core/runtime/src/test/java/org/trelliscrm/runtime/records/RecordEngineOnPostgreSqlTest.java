// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

/** The engine on a PostgreSQL server. */
class RecordEngineOnPostgreSqlTest extends RecordEngineTest {

    @Override
    Engine start() {
        return Engine.onPostgreSql();
    }
}
