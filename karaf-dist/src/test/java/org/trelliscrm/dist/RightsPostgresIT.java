// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class RightsPostgresIT extends Rights {
    RightsPostgresIT() {
        super(Database.POSTGRESQL);
    }
}
