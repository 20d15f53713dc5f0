// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.once;

import org.trelliscrm.runtime.records.Engine;

class ClaimOnPostgreSqlTest extends ClaimTest {

    @Override
    Engine start() {
        return Engine.onPostgreSql();
    }
}
