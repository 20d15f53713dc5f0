// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

/** What a contact is; the words are those of vCard's {@code KIND} (RFC 6350, 6.1.4). */
enum ContactKind {
    INDIVIDUAL,
    ORGANIZATION
}
