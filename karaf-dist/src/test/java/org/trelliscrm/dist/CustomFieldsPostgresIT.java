// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class CustomFieldsPostgresIT extends CustomFields {
    CustomFieldsPostgresIT() {
        super(Database.POSTGRESQL);
    }
}
