// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.custom;

import org.trelliscrm.runtime.records.Engine;

/** Custom fields on a PostgreSQL server. */
class CustomFieldsOnPostgreSqlTest extends CustomFieldsTest {

    @Override
    Engine start() {
        return Engine.onPostgreSql();
    }
}
