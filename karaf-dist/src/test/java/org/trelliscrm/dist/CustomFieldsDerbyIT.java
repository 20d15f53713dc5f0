// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class CustomFieldsDerbyIT extends CustomFields {
    CustomFieldsDerbyIT() {
        super(Database.DERBY);
    }
}
