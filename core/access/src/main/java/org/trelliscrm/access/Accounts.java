// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.RecordTransaction;
import org.trelliscrm.api.record.Records;

/** What a user may do at this moment, from their roles and teams. Every request asks, so it is remembered for a moment. */
@Component(service = Accounts.class)
public final class Accounts {

    private static final int ALL = 100_000;

    private final Records records;
    private final Recent<Key, Account> accounts;
    private final Recent<Integer, Directory> directories;

    @Activate
    public Accounts(@Reference Records records, @Reference Clock clock, @Reference AccessChanges changes) {
        this.records = records;
        accounts = new Recent<>(clock, changes);
        directories = new Recent<>(clock, changes);
    }

    /** The account of a user; empty if there is none or it is not active. */
    Optional<Account> find(int tenant, long user) {
        return accounts.get(new Key(tenant, user), () -> read(tenant, user));
    }

    private Optional<Account> read(int tenant, long user) {
        return records.inTransaction(Caller.system(tenant), User.class, transaction -> transaction
                .find(User.class, user)
                .filter(User::isActive)
                .map(found -> account(tenant, found, directory(tenant, transaction))));
    }

    private Directory directory(int tenant, RecordTransaction transaction) {
        return directories
                .get(tenant, () -> Optional.of(Directory.read(transaction)))
                .orElseThrow();
    }

    private static Account account(int tenant, User user, Directory directory) {
        Long homeTeam = directory.teams.contains(user.homeTeam()) ? user.homeTeam() : null;
        Caller caller = new Caller(
                tenant,
                user.id(),
                user.name(),
                directory.teams.from(homeTeam),
                homeTeam,
                directory.powers(user.roles()).rights(),
                user.locale(),
                user.zone());
        return new Account(caller, user.sessionSeries(), user.isPasswordExpired());
    }

    /**
     * A user who may work.
     *
     * @param sessionSeries sessions of an earlier series are over
     */
    record Account(Caller caller, int sessionSeries, boolean mustChangePassword) {}

    private record Key(int tenant, long user) {}

    /** The roles and teams of a tenant. */
    private record Directory(Map<Long, Powers> roles, TeamTree teams) {

        static Directory read(RecordTransaction transaction) {
            List<Role> roles = transaction.list(Role.class, Filter.ALL, ALL);
            return new Directory(
                    roles.stream().collect(Collectors.toMap(role -> Objects.requireNonNull(role.id()), Role::powers)),
                    new TeamTree(transaction.list(Team.class, Filter.ALL, ALL)));
        }

        Powers powers(List<Long> ids) {
            return Powers.of(
                    ids.stream().flatMap(id -> Stream.ofNullable(roles.get(id))).toList());
        }
    }
}
