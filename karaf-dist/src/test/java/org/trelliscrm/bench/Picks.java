// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.trelliscrm.bench.Dataset.Kind;

/** What one client asks for next: the same, in the same order, of the server and of the database. */
final class Picks {

    private static final int SHORTEST = 4;
    private static final int LONGEST = 9;
    private static final int SHORTEST_EAST_ASIAN = 2;

    private final Dataset data;
    private final int[] reached;
    /** How many of those are organisations; they come first. */
    private final int organizations;

    private final int client;
    private final int clients;
    private final SplittableRandom random;

    Picks(Dataset data, User user, int client, int clients) {
        this.data = data;
        reached = user.reached();
        organizations = (int) IntStream.of(reached).filter(data::isOrganization).count();
        this.client = client;
        this.clients = clients;
        random = new SplittableRandom(client);
    }

    /** The number of a contact that the user reaches. */
    int contact() {
        return reached[random.nextInt(reached.length)];
    }

    /** One that no other client takes, for two that change the same would hinder each other. */
    int ownContact() {
        int mine = (reached.length - client + clients - 1) / clients;
        return reached[random.nextInt(mine) * clients + client];
    }

    String email() {
        return data.contact(contact()).email();
    }

    /** Several letters of a name. */
    String part() {
        String name = data.contact(contact()).name();
        int length = length(name);
        return cut(name, random.nextInt(name.length() - length + 1), length);
    }

    /** The first letters of a name. */
    String beginning() {
        String name = data.contact(contact()).name();
        return cut(name, 0, length(name));
    }

    private int length(String name) {
        int shortest = Math.min(name.length(), name.length() <= SHORTEST ? SHORTEST_EAST_ASIAN : SHORTEST);
        return shortest + random.nextInt(Math.max(1, Math.min(name.length(), LONGEST) - shortest));
    }

    // Outer blanks mean nothing in a filter, so both sides look for the same.
    private static String cut(String name, int begin, int length) {
        return name.substring(begin, begin + length).strip();
    }

    /** A new person like those that are there already, of an organisation that the user reaches too. */
    Contact newContact(long sequence) {
        int person = reached[organizations + random.nextInt(reached.length - organizations)];
        int employer = reached[random.nextInt(organizations)];
        return data.contact(person)
                .at(data.id(Kind.CONTACT, employer), data.contact(employer).name())
                .reachedBy("new" + sequence + "@created.example");
    }
}
