// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.testkit.FakeClock;
import org.trelliscrm.testkit.FakeTransaction;

/** A company in memory: an administrator, a personnel manager who may change users and roles but is no administrator. */
final class AccessWorld {

    final FakeClock clock = new FakeClock("2026-03-01T09:00:00Z");
    final AccessChanges changes = new AccessChanges(clock);
    final FakeTransaction transaction = new FakeTransaction(
            clock, new UserRules(changes), new RoleRules(changes), new TeamRules(changes), new ApiKeyRules(changes));

    final Role administrator = role("administrator", grant("*", "*", Scope.ALL));
    final Role personnel = role(
            "personnel",
            grant("user", "*", Scope.ALL),
            grant("role", "*", Scope.ALL),
            grant("contact", "read", Scope.ALL));
    final Role sales = role("sales", grant("contact", "*", Scope.TEAM), grant("deal", "*", Scope.TEAM));
    final Role reader = role("reader", grant("contact", "read", Scope.TEAM));

    final User admin = user("admin", administrator);
    final User anna = user("anna", personnel);

    static Grant grant(String type, String verb, Scope scope) {
        return new Grant(type, verb, scope);
    }

    Role role(String name, Grant... grants) {
        return transaction.create(new Role(name, "", List.of(grants), List.of()));
    }

    User user(String login, Role... roles) {
        return transaction.create(new User(login, "The user " + login, ids(roles)));
    }

    Team team(String name, @Nullable Team parent) {
        return transaction.create(new Team(name, parent == null ? null : id(parent)));
    }

    static List<Long> ids(BaseRecord... records) {
        return Stream.of(records).map(AccessWorld::id).toList();
    }

    static long id(BaseRecord record) {
        return Objects.requireNonNull(record.id());
    }

    /** What follows is done by this user, with the rights that they have now. */
    FakeTransaction as(User user, Team... teams) {
        Rights rights = Powers.of(user.roles().stream()
                        .map(role ->
                                transaction.find(Role.class, role).orElseThrow().powers())
                        .toList())
                .rights();
        return transaction.as(new Caller(
                1, user.id(), user.name(), Set.copyOf(ids(teams)), null, rights, user.locale(), user.zone()));
    }

    /** What follows is done by the system. */
    FakeTransaction asSystem() {
        return transaction.as(Caller.system(1));
    }
}
