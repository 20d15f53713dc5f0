// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The teams of a tenant, seen from above. */
final class TeamTree {

    private final Map<Long, Set<Long>> below = new HashMap<>();

    TeamTree(Collection<Team> teams) {
        Set<Long> known =
                teams.stream().map(team -> Objects.requireNonNull(team.id())).collect(Collectors.toSet());
        known.forEach(id -> below.put(id, new HashSet<>()));
        for (Team team : teams) {
            Long parent = team.parent();
            if (parent != null && known.contains(parent)) {
                below.get(parent).add(Objects.requireNonNull(team.id()));
            }
        }
    }

    boolean contains(@Nullable Long team) {
        return team != null && below.containsKey(team);
    }

    /** A team and all below it; nothing if there is no such team. */
    Set<Long> from(@Nullable Long team) {
        Set<Long> found = new HashSet<>();
        Deque<Long> next = new ArrayDeque<>(contains(team) ? List.of(Objects.requireNonNull(team)) : List.of());
        while (!next.isEmpty()) {
            Long each = next.remove();
            if (found.add(each)) {
                next.addAll(below.getOrDefault(each, Set.of()));
            }
        }
        return found;
    }
}
