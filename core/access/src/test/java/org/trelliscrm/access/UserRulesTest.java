// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trelliscrm.access.AccessWorld.grant;
import static org.trelliscrm.access.AccessWorld.id;
import static org.trelliscrm.access.AccessWorld.ids;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trelliscrm.api.access.FieldAccess;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.Invalid;

class UserRulesTest {

    private final AccessWorld world = new AccessWorld();

    @Test
    void loginsAndAddressesAreKeptInOneForm() {
        User bela = world.user(" BELA ");
        world.transaction.patch(bela, "email", "Bela@Example.ORG");

        assertThat(bela.login()).isEqualTo("bela");
        assertThat(bela.email()).isEqualTo("bela@example.org");
    }

    @Test
    void aLoginWithBlanksIsRefused() {
        assertThatExceptionOfType(Invalid.class)
                .isThrownBy(() -> world.user("bela bartok"))
                .satisfies(refused -> assertThat(refused.fields().get(0).code()).isEqualTo("access.badLogin"));
    }

    @Test
    void nobodySignsInWithSomebodyElsesAddress() {
        User bela = world.user("bela");
        world.transaction.patch(bela, "email", "bela@example.org");

        assertThatThrownBy(() -> world.user("Bela@example.org")).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> world.transaction.patch(world.user("cilla"), "email", "bela"))
                .isInstanceOf(Invalid.class);
        assertThatCode(() -> world.transaction.patch(bela, "login", "bela@example.org"))
                .doesNotThrowAnyException();
    }

    @Test
    void usersBelongToThemselvesAndToTheirTeam() {
        Team north = world.team("North", null);
        User bela = world.user("bela");
        world.transaction.patch(bela, "homeTeam", north.id());

        assertThat(bela.owner()).isEqualTo(bela.id());
        assertThat(bela.team()).isEqualTo(north.id());
    }

    @Test
    void whoMayChangeUsersButNotRolesGivesNobodyARole() {
        User clerk = world.user(
                "clerk", world.role("clerk", grant("user", "*", Scope.ALL), grant("contact", "read", Scope.ALL)));
        User bela = world.user("bela", world.reader);

        assertThatThrownBy(() -> world.as(clerk).patch(bela, "roles", List.of()))
                .isInstanceOf(Denied.class)
                .hasMessageContaining("role:update");
        assertThatThrownBy(() -> world.as(clerk)
                        .create(User.class, Map.of("login", "new", "name", "New", "roles", ids(world.reader))))
                .isInstanceOf(Denied.class);
        assertThatCode(() -> world.as(clerk).create(User.class, Map.of("login", "new", "name", "New")))
                .doesNotThrowAnyException();
    }

    @Test
    void rightsThatOneHasCanBeGivenOn() {
        User bela = world.user("bela");

        world.as(world.anna).patch(bela, "roles", ids(world.reader));

        assertThat(bela.roles()).containsExactly(id(world.reader));
    }

    @Test
    void rightsThatOneHasNotCannotBeGivenOn() {
        User bela = world.user("bela");

        assertThatThrownBy(() -> world.as(world.anna).patch(bela, "roles", ids(world.sales)))
                .isInstanceOf(Denied.class)
                .hasMessage("access.beyondOwnRights");
    }

    @Test
    void nobodyLiftsThemselves() {
        assertThatThrownBy(() -> world.as(world.anna).patch(world.anna, "roles", ids(world.administrator)))
                .isInstanceOf(Denied.class);
        world.asSystem().patch(world.anna, "roles", ids(world.personnel));
        assertThatThrownBy(() -> world.as(world.anna).patch(world.anna, "roles", ids(world.personnel, world.sales)))
                .isInstanceOf(Denied.class);
    }

    @Test
    void aFieldThatIsHiddenFromOneIsNotShownToOthersByOne() {
        Role blind = world.transaction.create(new Role(
                "blind",
                "",
                List.of(
                        grant("user", "*", Scope.ALL),
                        grant("role", "*", Scope.ALL),
                        grant("contact", "read", Scope.ALL)),
                List.of(new FieldRule("contact", "phone", FieldAccess.HIDDEN))));
        User clerk = world.user("clerk", blind);
        User bela = world.user("bela");

        assertThatThrownBy(() -> world.as(clerk).patch(bela, "roles", ids(world.reader)))
                .hasMessage("access.beyondOwnRights");
        world.asSystem().patch(bela, "roles", List.of());
        assertThatCode(() -> world.as(clerk).patch(bela, "roles", ids(blind))).doesNotThrowAnyException();
    }

    @Test
    void rightsCanBeTakenFromAnybodyByWhoMayChangeRoles() {
        User bela = world.user("bela", world.sales, world.reader);

        world.as(world.anna).patch(bela, "roles", ids(world.reader));

        assertThat(bela.roles()).containsExactly(id(world.reader));
    }

    @Test
    void administratorsGiveWhatTheyLike() {
        User bela = world.user("bela");

        world.as(world.admin).patch(bela, "roles", ids(world.administrator, world.sales));

        assertThat(bela.roles()).hasSize(2);
    }

    @Test
    void theAddressOfSomebodyWhoMayDoMoreIsNotOnesToChange() {
        assertThatThrownBy(() -> world.as(world.anna).patch(world.admin, "email", "anna@example.org"))
                .hasMessage("access.beyondOwnRights");
    }

    @Test
    void onesOwnAddressIs() {
        User bela = world.user("bela", world.sales);

        world.as(bela).patch(bela, "email", "bela@example.org");

        assertThat(bela.email()).isEqualTo("bela@example.org");
    }

    @Test
    void aPersonIsPutIntoTeamsThatOneBelongsTo() {
        Team north = world.team("North", null);
        Team south = world.team("South", null);
        User bela = world.user("bela");

        assertThatThrownBy(() -> world.as(world.anna, north).patch(bela, "homeTeam", south.id()))
                .hasMessage("access.notOwnTeam");
        world.asSystem().patch(bela, "homeTeam", null);
        world.as(world.anna, north).patch(bela, "homeTeam", north.id());
        world.as(world.admin).patch(bela, "homeTeam", south.id());

        assertThat(bela.homeTeam()).isEqualTo(south.id());
    }

    @Test
    void theLastAdministratorStaysOneAndStays() {
        assertLast(() -> world.as(world.admin).patch(world.admin, "active", false));
        world.asSystem().patch(world.admin, "active", true);
        assertLast(() -> world.as(world.admin).patch(world.admin, "roles", ids(world.sales)));
        world.asSystem().patch(world.admin, "roles", ids(world.administrator));
        assertLast(() -> world.as(world.admin).trash(world.admin));
        assertLast(() -> world.asSystem().trash(world.admin));
    }

    private static void assertLast(Runnable work) {
        assertThatExceptionOfType(Conflict.class).isThrownBy(work::run).withMessage("access.lastAdministrator");
    }

    @Test
    void anInactiveAdministratorDoesNotCount() {
        User second = world.user("second", world.administrator);
        world.transaction.patch(second, "active", false);

        assertLast(() -> world.transaction.patch(world.admin, "active", false));
    }

    @Test
    void oneOfTwoAdministratorsMayGo() {
        User second = world.user("second", world.role("owners", grant("*", "*", Scope.ALL)));

        world.as(world.admin).patch(world.admin, "active", false);

        assertThat(world.admin.isActive()).isFalse();
        assertLast(() -> world.asSystem().patch(second, "roles", List.of()));
    }

    @Test
    void whoIsPutOutLosesSessionsAndKeys() {
        User bela = world.user("bela", world.sales);
        int before = bela.sessionSeries();
        world.transaction.act(new IssueKey(), bela, Map.of("name", "backup"));

        world.as(world.admin).patch(bela, "active", false);

        assertThat(bela.sessionSeries()).isGreaterThan(before);
        assertThat(world.transaction.all(ApiKey.class)).allMatch(ApiKey::isRevoked);
    }

    @Test
    void whoComesBackFromTheTrashHasToSignInAgain() {
        User bela = world.user("bela", world.sales);
        world.transaction.act(new IssueKey(), bela, Map.of("name", "backup"));
        int before = bela.sessionSeries();

        world.as(world.admin).trash(bela);
        world.as(world.admin).restore(bela);

        assertThat(bela.sessionSeries()).isGreaterThan(before);
        assertThat(world.transaction.all(ApiKey.class)).allMatch(ApiKey::isRevoked);
    }
}
