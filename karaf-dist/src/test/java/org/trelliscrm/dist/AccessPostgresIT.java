// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class AccessPostgresIT extends Access {
    AccessPostgresIT() {
        super(Database.POSTGRESQL);
    }
}
