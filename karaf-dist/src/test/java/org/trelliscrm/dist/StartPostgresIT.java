// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class StartPostgresIT extends Start {
    StartPostgresIT() {
        super(Database.POSTGRESQL);
    }
}
