// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.trelliscrm.testkit.FakeClock;
import org.trelliscrm.testkit.FakeTransaction;

class TeamTreeTest {

    private final FakeTransaction transaction = new FakeTransaction(new FakeClock("2026-03-01T09:00:00Z"));
    private final Long company = team("Company", null);
    private final Long sales = team("Sales", company);
    private final Long north = team("North", sales);
    private final Long service = team("Service", company);

    private Long team(String name, Long parent) {
        return Objects.requireNonNull(transaction.create(new Team(name, parent)).id());
    }

    private TeamTree tree() {
        return new TeamTree(transaction.all(Team.class));
    }

    @Test
    void aTeamReachesItselfAndAllBelow() {
        assertThat(tree().from(company)).containsExactlyInAnyOrder(company, sales, north, service);
        assertThat(tree().from(sales)).containsExactlyInAnyOrder(sales, north);
        assertThat(tree().from(north)).containsExactly(north);
    }

    @Test
    void noTeamReachesNothing() {
        assertThat(tree().from(null)).isEmpty();
        assertThat(tree().from(999L)).isEmpty();
        assertThat(tree().contains(999L)).isFalse();
    }

    @Test
    void aCircleThatSomebodyMadeInTheDatabaseStopsNothing() {
        transaction.patch(transaction.find(Team.class, company).orElseThrow(), "parent", north);

        assertThat(tree().from(sales)).containsExactlyInAnyOrder(company, sales, north, service);
    }
}
