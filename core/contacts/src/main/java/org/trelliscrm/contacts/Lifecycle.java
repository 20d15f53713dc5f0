// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

/** How near a contact is to buying. */
enum Lifecycle {
    LEAD,
    PROSPECT,
    CUSTOMER,
    FORMER
}
