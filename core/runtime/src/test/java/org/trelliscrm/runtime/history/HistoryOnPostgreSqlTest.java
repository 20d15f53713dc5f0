// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.history;

import org.trelliscrm.runtime.records.Engine;

/** Undo and history on a PostgreSQL server. */
class HistoryOnPostgreSqlTest extends HistoryTest {

    @Override
    Engine start() {
        return Engine.onPostgreSql();
    }
}
