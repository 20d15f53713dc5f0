// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class BadInputPostgresIT extends BadInput {
    BadInputPostgresIT() {
        super(Database.POSTGRESQL);
    }
}
