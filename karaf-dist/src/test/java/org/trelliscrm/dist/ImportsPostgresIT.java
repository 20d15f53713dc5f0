// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class ImportsPostgresIT extends Imports {
    ImportsPostgresIT() {
        super(Database.POSTGRESQL);
    }
}
