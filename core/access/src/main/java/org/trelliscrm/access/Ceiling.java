// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.RecordTransaction;

/**
 * How high a caller may lift others or themselves: never above what they hold. Only administrators and the system itself
 * have no ceiling. It is drawn from the rights with which the caller came, not from their record, which may be the very one
 * that is being changed.
 */
final class Ceiling {

    private static final int ALL_ROLES = 10_000;

    private final RecordTransaction transaction;
    private final Caller caller;

    Ceiling(RecordTransaction transaction) {
        this.transaction = transaction;
        this.caller = transaction.caller();
    }

    /** Whether the caller is the system or an administrator. */
    boolean isOpen() {
        return caller.isSystem() || Powers.isUnlimited(caller.rights());
    }

    /** Whether the caller is this user. */
    boolean isSelf(User user) {
        return user.id() != null && Objects.equals(user.id(), caller.user());
    }

    /** Only who may change roles may say who has which. */
    void requireRoleUpdate() {
        if (!isOpen() && !caller.rights().allows("role", "update")) {
            throw Denied.right("role", "update");
        }
    }

    /** Refuses to hand out what the caller does not hold. */
    void require(Powers handedOut) {
        require(handedOut, List.of());
    }

    /**
     * Refuses to hand out what the caller does not hold.
     *
     * @param earlier rules on fields that roles had when the caller came and do not have any more
     */
    void require(Powers handedOut, Collection<FieldRule> earlier) {
        if (isOpen()) {
            return;
        }
        List<FieldRule> rules = Stream.concat(
                        transaction.list(Role.class, Filter.ALL, ALL_ROLES).stream()
                                .flatMap(role -> role.fieldRules().stream()),
                        earlier.stream())
                .toList();
        if (!handedOut.isWithin(caller.rights(), rules)) {
            throw Denied.because("access.beyondOwnRights", Map.of());
        }
    }

    /** Refuses unless the caller holds all that these roles give: to hand them out, or to act as somebody who has them. */
    void requireRoles(Collection<Long> roles) {
        require(powers(roles));
    }

    /** Whoever is no administrator moves people and teams within their own teams only: what a team sees, its members see. */
    void requireOwnTeam(Long team) {
        if (!isOpen() && !caller.teams().contains(team)) {
            throw Denied.because("access.notOwnTeam", Map.of());
        }
    }

    private Powers powers(Collection<Long> roles) {
        return Powers.of(roles.stream()
                .flatMap(id -> transaction.find(Role.class, id).stream())
                .map(Role::powers)
                .toList());
    }
}
