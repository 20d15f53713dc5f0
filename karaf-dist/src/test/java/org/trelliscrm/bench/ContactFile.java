// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A file of contacts to be imported: half of them are there already, by their e-mail address, half are new. */
final class ContactFile {

    static final Map<String, String> FORM = Map.of(
            "type", "contact",
            "key", "emails.address",
            "onMatch", "update",
            "mapping",
                    "{\"given\":\"givenName\",\"family\":\"familyName\",\"mail\":\"emails[0].address\",\"from\":\"source\"}");

    private ContactFile() {}

    /** {@code mark} tells the new ones of one file from those of another. */
    static List<Contact> contacts(Dataset data, User user, int rows, String mark) {
        List<Contact> contacts = new ArrayList<>(rows);
        int next = 0;
        for (int row = 0; row < rows; row++) {
            while (data.isOrganization(user.reached()[next % user.reached().length])) {
                next++;
            }
            Contact contact = data.contact(user.reached()[next++ % user.reached().length]);
            contacts.add(row % 2 == 0 ? contact : contact.reachedBy(mark + row + "@imported.example"));
        }
        return contacts;
    }

    static byte[] csv(List<Contact> contacts, String source) {
        StringBuilder csv = new StringBuilder("given,family,mail,from\n");
        for (Contact contact : contacts) {
            csv.append(contact.given()).append(',').append(contact.family()).append(',');
            csv.append(contact.email()).append(',').append(source).append('\n');
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }
}
