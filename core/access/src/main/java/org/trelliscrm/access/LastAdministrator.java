// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.Filter.Operator;
import org.trelliscrm.api.record.RecordTransaction;

/** Sees to it that there is always somebody who can sign in and do everything. */
final class LastAdministrator {

    private static final int ALL_ROLES = 10_000;

    private LastAdministrator() {}

    /** Whether any of these roles makes an administrator. */
    static boolean isAdministrator(Collection<Long> roles, RecordTransaction transaction) {
        return roles.stream()
                .flatMap(id -> transaction.find(Role.class, id).stream())
                .anyMatch(role -> role.powers().isUnlimited());
    }

    /** Refuses to lose a user who is an administrator unless another active one remains. */
    static void requireOtherUser(User lost, RecordTransaction transaction) {
        List<Long> roles = administratorRoles(transaction);
        // Of two administrators who put each other out at the same time, the second waits here for the first.
        roles.forEach(role -> transaction.lock(Role.class, role));
        require(holders(roles).and(Filter.where("id", Operator.NE, id(lost))), roles, transaction);
    }

    /** Refuses to lose a role that makes administrators unless an active user has another such role. */
    static void requireOtherRole(Role lost, RecordTransaction transaction) {
        List<Long> others = administratorRoles(transaction).stream()
                .filter(role -> role != id(lost))
                .toList();
        others.forEach(role -> transaction.lock(Role.class, role));
        require(holders(others), others, transaction);
    }

    private static List<Long> administratorRoles(RecordTransaction transaction) {
        return transaction.list(Role.class, Filter.ALL, ALL_ROLES).stream()
                .filter(role -> role.powers().isUnlimited())
                .map(LastAdministrator::id)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private static Filter holders(List<Long> roles) {
        return Filter.eq("active", true).and(Filter.where("roles", Operator.IN, roles.toArray()));
    }

    private static void require(Filter remaining, List<Long> roles, RecordTransaction transaction) {
        if (roles.isEmpty() || transaction.list(User.class, remaining, 1).isEmpty()) {
            throw new Conflict("access.lastAdministrator", Map.of());
        }
    }

    private static long id(BaseRecord record) {
        return Objects.requireNonNull(record.id());
    }
}
