// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.Invalid;

class TeamRulesTest {

    private final AccessWorld world = new AccessWorld();
    private final Team company = world.team("Company", null);
    private final Team sales = world.team("Sales", company);
    private final Team north = world.team("North", sales);

    @Test
    void noTeamStandsAboveItself() {
        assertThatThrownBy(() -> world.transaction.patch(company, "parent", company.id()))
                .isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> world.transaction.patch(company, "parent", north.id()))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void aTeamMovesAboutTheTree() {
        world.transaction.patch(north, "parent", company.id());
        world.transaction.patch(north, "parent", null);

        assertThat(north.parent()).isNull();
    }

    @Test
    void nobodyPullsAnotherTeamUnderTheirOwn() {
        Team service = world.team("Service", company);

        assertThatThrownBy(() -> world.as(world.anna, sales, north).patch(service, "parent", sales.id()))
                .isInstanceOf(Denied.class)
                .hasMessage("access.notOwnTeam");
        assertThatCode(() -> world.as(world.admin).patch(service, "parent", sales.id()))
                .doesNotThrowAnyException();
    }

    @Test
    void withinTheirOwnTeamsPeopleArrangeThemAsTheyLike() {
        Team south = world.team("South", sales);

        world.as(world.anna, sales, north, south).patch(south, "parent", north.id());

        assertThat(south.parent()).isEqualTo(north.id());
    }

    @Test
    void aTeamWithPeopleOrTeamsIsNotThrownAway() {
        User bela = world.user("bela");
        world.transaction.patch(bela, "homeTeam", north.id());

        assertThatThrownBy(() -> world.transaction.trash(sales)).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> world.transaction.trash(north)).isInstanceOf(Conflict.class);

        world.transaction.patch(bela, "homeTeam", null);

        assertThatCode(() -> world.transaction.trash(north)).doesNotThrowAnyException();
    }
}
