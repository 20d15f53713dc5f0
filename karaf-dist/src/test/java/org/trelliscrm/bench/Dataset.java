// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The records of one bench, each made from the seed and its number alone: the same seed gives the same data, and any record
 * can be told again while measuring without being kept.
 */
final class Dataset {

    static final int ACTIVITIES_PER_CONTACT = 5;
    static final int CONTACTS_PER_DEAL = 5;

    private static final int CONTACTS_PER_ORGANIZATION = 10;
    private static final LocalDateTime FIRST_DAY = LocalDateTime.of(2024, 1, 1, 8, 0);
    private static final long MILLIS = 600L * 24 * 60 * 60 * 1000;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final int LOW_BITS = 20;

    private final long seed;
    private final int contacts;
    private final List<Owner> owners;
    private final List<Stage> stages;

    Dataset(long seed, int contacts, List<Owner> owners, List<Stage> stages) {
        this.seed = seed;
        this.contacts = contacts;
        this.owners = List.copyOf(owners);
        this.stages = List.copyOf(stages);
    }

    /**
     * A user to whom records belong.
     *
     * @param weight how many of 100 records
     */
    record Owner(long user, long team, int weight) {}

    /** Where a deal can stand. */
    record Stage(long id, long pipeline, int probability) {}

    /** The kinds of records; their numbers keep the ids of one moment apart. */
    enum Kind {
        CONTACT,
        ACTIVITY,
        DEAL,
        STAGE_CHANGE
    }

    int size(Kind kind) {
        return switch (kind) {
            case CONTACT -> contacts;
            case ACTIVITY -> contacts * ACTIVITIES_PER_CONTACT;
            case DEAL, STAGE_CHANGE -> contacts / CONTACTS_PER_DEAL;
        };
    }

    LocalDateTime createdAt(Kind kind, int number) {
        return FIRST_DAY.plusNanos(MILLIS * number / size(kind) * 1_000_000);
    }

    long id(Kind kind, int number) {
        long millis = createdAt(kind, number).toInstant(ZoneOffset.UTC).toEpochMilli();
        return Ids.at(millis, kind.ordinal() << LOW_BITS | number & (1 << LOW_BITS) - 1);
    }

    /** The source of everything that is said about a record. */
    SplittableRandom random(Kind kind, int number) {
        return new SplittableRandom(seed * SPREAD ^ ((long) kind.ordinal() << 40 | number) * SPREAD);
    }

    boolean isOrganization(int contact) {
        return contact < organizations();
    }

    private int organizations() {
        return contacts / CONTACTS_PER_ORGANIZATION;
    }

    Contact contact(int number) {
        SplittableRandom random = random(Kind.CONTACT, number);
        Owner owner = owner(random);
        if (isOrganization(number)) {
            return Contact.organization(number, owner, random);
        }
        int organization = random.nextInt(organizations());
        Contact employer = contact(organization);
        return Contact.individual(number, owner, random, id(Kind.CONTACT, organization), employer.name());
    }

    Owner owner(SplittableRandom random) {
        int point = random.nextInt(100);
        for (Owner owner : owners) {
            point -= owner.weight;
            if (point < 0) {
                return owner;
            }
        }
        throw new IllegalStateException("the owners' weights are less than 100");
    }

    Stage stage(SplittableRandom random) {
        return stages.get(random.nextInt(stages.size()));
    }

    int anyContact(SplittableRandom random) {
        return random.nextInt(contacts);
    }

    int anyOrganization(SplittableRandom random) {
        return random.nextInt(organizations());
    }
}
