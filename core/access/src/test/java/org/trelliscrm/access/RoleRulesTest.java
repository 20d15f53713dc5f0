// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trelliscrm.access.AccessWorld.grant;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trelliscrm.api.access.FieldAccess;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Invalid;

class RoleRulesTest {

    private final AccessWorld world = new AccessWorld();

    @Test
    void aRoleGetsNoRightThatItsAuthorHasNot() {
        assertThatThrownBy(() -> world.as(world.anna)
                        .patch(world.reader, "grants", List.of(grant("contact", "delete", Scope.OWN))))
                .hasMessage("access.beyondOwnRights");
        assertThatThrownBy(() -> world.as(world.anna)
                        .create(Role.class, Map.of("name", "new", "grants", List.of(grant("*", "*", Scope.ALL)))))
                .hasMessage("access.beyondOwnRights");
    }

    @Test
    void nobodyLiftsThemselvesByTheirOwnRole() {
        List<Grant> more =
                List.of(grant("user", "*", Scope.ALL), grant("role", "*", Scope.ALL), grant("contact", "*", Scope.ALL));

        assertThatThrownBy(() -> world.as(world.anna).patch(world.personnel, "grants", more))
                .hasMessage("access.beyondOwnRights");
    }

    @Test
    void aRoleGetsRightsThatItsAuthorHas() {
        world.as(world.anna).patch(world.reader, "grants", List.of(grant("contact", "read", Scope.ALL)));

        assertThat(world.reader.powers().rights().scope("contact", "read")).isEqualTo(Scope.ALL);
    }

    @Test
    void aRoleThatCanDoMoreThanItsAuthorCanOnlyBeNarrowed() {
        world.as(world.anna).patch(world.sales, "grants", List.of(grant("contact", "*", Scope.OWN)));

        assertThat(world.sales.grants()).hasSize(1);
        assertThatThrownBy(() ->
                        world.as(world.anna).patch(world.sales, "grants", List.of(grant("contact", "*", Scope.TEAM))))
                .hasMessage("access.beyondOwnRights");
    }

    @Test
    void aHiddenFieldIsNotShownByWhoDoesNotSeeIt() {
        FieldRule hidden = new FieldRule("contact", "phone", FieldAccess.HIDDEN);
        Role blind = world.transaction.create(new Role(
                "blind",
                "",
                List.of(grant("role", "*", Scope.ALL), grant("contact", "read", Scope.ALL)),
                List.of(hidden)));
        User clerk = world.user("clerk", blind);

        assertThatThrownBy(() -> world.as(clerk)
                        .create(
                                Role.class,
                                Map.of("name", "new", "grants", List.of(grant("contact", "read", Scope.ALL)))))
                .hasMessage("access.beyondOwnRights");
        assertThatThrownBy(() -> world.as(clerk).patch(blind, "fieldRules", List.of()))
                .hasMessage("access.beyondOwnRights");
    }

    @Test
    void aDescriptionIsAnybodysToWrite() {
        assertThatCode(() -> world.as(world.anna).patch(world.administrator, "description", "The boss"))
                .doesNotThrowAnyException();
    }

    @Test
    void theLastRoleThatMakesAdministratorsCannotBeStripped() {
        assertThatExceptionOfType(Conflict.class)
                .isThrownBy(() -> world.as(world.admin)
                        .patch(world.administrator, "grants", List.of(grant("*", "read", Scope.ALL))))
                .withMessage("access.lastAdministrator");
        world.asSystem().patch(world.administrator, "grants", List.of(grant("*", "*", Scope.ALL)));
        assertThatExceptionOfType(Conflict.class)
                .isThrownBy(() -> world.as(world.admin)
                        .patch(
                                world.administrator,
                                "fieldRules",
                                List.of(new FieldRule("role", "fieldRules", FieldAccess.HIDDEN))))
                .withMessage("access.lastAdministrator");
    }

    @Test
    void oneOfTwoSuchRolesCan() {
        world.user("second", world.role("owners", grant("*", "*", Scope.ALL)));

        world.as(world.admin).patch(world.administrator, "grants", List.of(grant("*", "read", Scope.ALL)));

        assertThat(world.administrator.powers().isUnlimited()).isFalse();
    }

    @Test
    void aRoleThatSomebodyHasIsNotThrownAway() {
        world.user("bela", world.sales);

        assertThatThrownBy(() -> world.as(world.admin).trash(world.sales))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("access.roleInUse");
        assertThatCode(() -> world.as(world.admin).trash(world.reader)).doesNotThrowAnyException();
    }

    @Test
    void namesThatCannotBeAreRefusedAllAtOnce() {
        Map<String, Object> values = Map.of(
                "name",
                "odd",
                "grants",
                List.of(
                        grant("Contact", "read", Scope.ALL),
                        grant("contact", "*", Scope.ALL),
                        grant("x", "Y!", Scope.ALL)),
                "fieldRules",
                List.of(new FieldRule("*", "phone", FieldAccess.HIDDEN)));

        assertThatExceptionOfType(Invalid.class)
                .isThrownBy(() -> world.asSystem().create(Role.class, values))
                .satisfies(refused -> assertThat(refused.fields())
                        .extracting("path")
                        .containsExactly("grants[0].type", "grants[2].verb", "fieldRules[0].type"));
    }
}
