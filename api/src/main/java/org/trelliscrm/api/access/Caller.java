// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.access;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: a signed-in user, an API key, or the system itself. Travels with every call of the record engine; there
 * is no call without one.
 *
 * @param tenant the company whose data is meant; no query reaches another one's
 * @param user the id of the user's record, {@code null} for the system
 * @param name what people read, for example in the history of a record
 * @param teams the teams whose records {@link Scope#TEAM} reaches: the user's own and all below them
 * @param homeTeam the team that new records of this user belong to, or {@code null}
 * @param rights what they may do
 * @param locale the language of texts and messages
 * @param zone the zone in which "today" is meant
 * @param key the id of the API key with which they came, or {@code null}
 */
public record Caller(
        int tenant,
        @Nullable Long user,
        String name,
        Set<Long> teams,
        @Nullable Long homeTeam,
        Rights rights,
        Locale locale,
        ZoneId zone,
        @Nullable Long key) {

    public Caller {
        teams = Set.copyOf(teams);
    }

    /** Somebody without an API key. */
    public Caller(
            int tenant,
            @Nullable Long user,
            String name,
            Set<Long> teams,
            @Nullable Long homeTeam,
            Rights rights,
            Locale locale,
            ZoneId zone) {
        this(tenant, user, name, teams, homeTeam, rights, locale, zone, null);
    }

    /** The system itself, acting for one tenant with all rights: migrations, schedules, first start. */
    public static Caller system(int tenant) {
        return new Caller(tenant, null, "system", Set.of(), null, Rights.ALL, Locale.ENGLISH, ZoneId.of("UTC"));
    }

    /** Whether this is the system and no person. */
    public boolean isSystem() {
        return user == null;
    }

    /** The same caller reading in another language. */
    public Caller in(Locale language) {
        return new Caller(tenant, user, name, teams, homeTeam, rights, language, zone, key);
    }

    /** The same caller, coming with an API key. */
    public Caller withKey(long id) {
        return new Caller(tenant, user, name, teams, homeTeam, rights, locale, zone, id);
    }
}
