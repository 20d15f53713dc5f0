// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Changes;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.RecordHook;
import org.trelliscrm.api.record.RecordTransaction;

/** Keeps the teams a tree: no team stands above itself, none goes that still holds people or other teams. */
@Component
public final class TeamRules implements RecordHook<Team> {

    private final AccessChanges accessChanges;

    @Activate
    public TeamRules(@Reference AccessChanges accessChanges) {
        this.accessChanges = accessChanges;
    }

    @Override
    public Class<Team> type() {
        return Team.class;
    }

    @Override
    public void beforeSave(Team team, Changes changes, RecordTransaction transaction) {
        Long parent = team.parent();
        if (!changes.has("parent") || parent == null) {
            return;
        }
        checkNoCycle(team, parent, transaction);
        Ceiling ceiling = new Ceiling(transaction);
        ceiling.requireOwnTeam(parent);
        if (!changes.isNew()) {
            ceiling.requireOwnTeam(Objects.requireNonNull(team.id()));
        }
    }

    private static void checkNoCycle(Team team, Long parent, RecordTransaction transaction) {
        Set<Long> above = new HashSet<>();
        @Nullable Long next = parent;
        while (next != null && above.add(next)) {
            if (next.equals(team.id())) {
                throw Invalid.field("parent", "access.teamCycle", Map.of());
            }
            // Two people who turn the tree at the same time wait for each other here.
            next = transaction.lock(Team.class, next).map(Team::parent).orElse(null);
        }
    }

    @Override
    public void afterSave(Team team, Changes changes, RecordTransaction transaction) {
        accessChanges.happened();
    }

    @Override
    public void beforeTrash(Team team, RecordTransaction transaction) {
        long id = Objects.requireNonNull(team.id());
        long members = transaction.count(User.class, Filter.eq("homeTeam", id));
        long teams = transaction.count(Team.class, Filter.eq("parent", id));
        if (members + teams > 0) {
            throw new Conflict("access.teamInUse", Map.of("members", members, "teams", teams));
        }
        accessChanges.happened();
    }
}
