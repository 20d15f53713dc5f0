// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.trelliscrm.access.SignInWorld.PASSWORD;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trelliscrm.api.access.Authenticator;
import org.trelliscrm.api.access.Authenticator.Session;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.access.Throttled;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.NotFound;

class SignInTest {

    private static final String HERE = "192.0.2.1";
    private static final String WRONG = "not the password";

    @TempDir
    Path home;

    private SignInWorld world(TestDatabase database) {
        return new SignInWorld(database.open(), home);
    }

    @ParameterizedTest
    @EnumSource
    void whoKnowsThePasswordIsLetInWithTheirRights(TestDatabase database) {
        SignInWorld world = world(database);
        Role sales = world.system(
                tx -> tx.create(new Role("sales", "", List.of(new Grant("contact", "read", Scope.TEAM)), List.of())));
        User bela = world.user("bela", sales);
        Authenticator authenticator = world.node();

        Session session = authenticator.signIn("bela", PASSWORD, HERE);

        assertThat(session.caller().user()).isEqualTo(bela.id());
        assertThat(session.caller().rights().scope("contact", "read")).isEqualTo(Scope.TEAM);
        assertThat(session.mustChangePassword()).isFalse();
        assertThat(authenticator.bySession(session.token())).map(Session::csrf).contains(session.csrf());
    }

    @ParameterizedTest
    @EnumSource
    void anAddressServesAsLoginHoweverItIsTyped(TestDatabase database) {
        SignInWorld world = world(database);
        User bela = world.user("Bela");
        world.patch(bela, "email", "Bela@Example.org");

        Session session = world.node().signIn(" bELA@example.ORG ", PASSWORD, HERE);

        assertThat(session.caller().user()).isEqualTo(bela.id());
    }

    @ParameterizedTest
    @EnumSource
    void whoFailsDoesNotLearnWhetherTheLoginExists(TestDatabase database) {
        SignInWorld world = world(database);
        world.user("bela");
        User gone = world.user("gone");
        world.patch(gone, "active", false);
        world.system(tx -> tx.create(new User("nopassword", "No password", List.of())));
        Authenticator authenticator = world.node();

        List<Denied> answers = Stream.of("bela", "nobody", "gone", "nopassword")
                .map(user -> catchThrowableOfType(Denied.class, () -> authenticator.signIn(user, WRONG, HERE)))
                .toList();

        assertThat(answers).extracting(Denied::status).containsOnly(401);
        assertThat(answers).extracting(Denied::getMessage).containsOnly("access.wrongCredentials");
        assertThat(world.database.query("select outcome from access_signin order by id", row -> row.getString(1)))
                .containsExactly("wrong_password", "unknown_user", "wrong_password", "wrong_password");
    }

    @ParameterizedTest
    @EnumSource
    void theRightPasswordOfAnInactiveUserDoesNotHelp(TestDatabase database) {
        SignInWorld world = world(database);
        world.patch(world.user("gone"), "active", false);
        Authenticator authenticator = world.node();

        assertThatThrownBy(() -> authenticator.signIn("gone", PASSWORD, HERE)).hasMessage("access.wrongCredentials");
    }

    @ParameterizedTest
    @EnumSource
    void whateverIsTypedIsAWrongLoginAtWorst(TestDatabase database) {
        SignInWorld world = world(database);
        world.user("bela");
        Authenticator authenticator = world.node();

        List<String> strange = List.of(
                "", " ", "be\u0000la", "\uD800", "' or '1'='1", "%", "b_la", "x".repeat(100_000), "\uFDFA".repeat(100));

        assertThat(strange)
                .allSatisfy(login -> assertThatThrownBy(() -> authenticator.signIn(login, PASSWORD, "\u0000" + login))
                        .isInstanceOf(Denied.class));
    }

    @ParameterizedTest
    @EnumSource
    void aPasswordOfAMegabyteIsWrongWithoutWork(TestDatabase database) {
        SignInWorld world = world(database);
        world.user("bela");
        Authenticator authenticator = world.node();

        assertThatThrownBy(() -> authenticator.signIn("bela", "x".repeat(1_000_000), HERE))
                .isInstanceOf(Denied.class);
    }

    @ParameterizedTest
    @EnumSource
    void aLoginThatTwoCompaniesUseLetsNobodyIn(TestDatabase database) {
        SignInWorld world = world(database);
        User bela = world.user("bela");
        Authenticator authenticator = world.node();
        world.database.update("insert into access_user (tenant_id, id, version, login, name, active, password_hash,"
                + " password_expired, session_series, created_at, updated_at) select 2, id + 1000, 1, login, name, active,"
                + " password_hash, password_expired, 0, created_at, updated_at from access_user");

        assertThatThrownBy(() -> authenticator.signIn("bela", PASSWORD, HERE)).isInstanceOf(Denied.class);

        world.database.update("update access_user set active = false where tenant_id = 2");

        assertThat(authenticator.signIn("bela", PASSWORD, HERE).caller().user()).isEqualTo(bela.id());
    }

    @ParameterizedTest
    @EnumSource
    void everySignInHasATokenOfItsOwnAndTheDatabaseKnowsNone(TestDatabase database) {
        SignInWorld world = world(database);
        world.user("bela");
        Authenticator authenticator = world.node();

        String first = authenticator.signIn("bela", PASSWORD, HERE).token();
        String second = authenticator.signIn("bela", PASSWORD, HERE).token();

        assertThat(first).isNotEqualTo(second).hasSize(43);
        assertThat(world.database.query("select token_hash from access_session", row -> row.getString(1)))
                .hasSize(2)
                .doesNotContain(first, second);
        assertThat(authenticator.bySession(Secrets.hash(first))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aSessionEndsWhenItIsNotUsed(TestDatabase database) {
        SignInWorld world = world(database);
        world.user("bela");
        Authenticator authenticator = world.node();
        Session session = authenticator.signIn("bela", PASSWORD, HERE);

        world.clock.advance(Duration.ofHours(11));
        assertThat(authenticator.bySession(session.token()))
                .hasValueSatisfying(seen -> assertThat(seen.expires()).isAfter(session.expires()));
        world.clock.advance(Duration.ofHours(11));
        assertThat(authenticator.bySession(session.token())).isPresent();
        world.clock.advance(Duration.ofHours(12));
        assertThat(authenticator.bySession(session.token())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void noSessionOutlivesAWeek(TestDatabase database) {
        SignInWorld world = world(database);
        world.user("bela");
        Authenticator authenticator = world.node();
        Session session = authenticator.signIn("bela", PASSWORD, HERE);

        IntStream.range(0, 7 * 3).forEach(shift -> {
            assertThat(authenticator.bySession(session.token())).isPresent();
            world.clock.advance(Duration.ofHours(8));
        });

        assertThat(authenticator.bySession(session.token())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whoSignsOutIsOutAtOnce(TestDatabase database) {
        SignInWorld world = world(database);
        world.user("bela");
        Authenticator authenticator = world.node();
        world.clock.advance(AccessChanges.SETTLING);
        Session session = authenticator.signIn("bela", PASSWORD, HERE);
        assertThat(authenticator.bySession(session.token())).isPresent();

        authenticator.signOut(session.token());
        authenticator.signOut(session.token());

        assertThat(authenticator.bySession(session.token())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whoIsPutOutIsOutAtOnceAndStaysOutWhenTheyReturn(TestDatabase database) {
        SignInWorld world = world(database);
        User bela = world.user("bela");
        Authenticator authenticator = world.node();
        world.clock.advance(AccessChanges.SETTLING);
        Session session = authenticator.signIn("bela", PASSWORD, HERE);
        String key = authenticator.issueKey(1, "bela", "backup");
        world.clock.advance(AccessChanges.SETTLING);
        assertThat(authenticator.bySession(session.token())).isPresent();
        assertThat(authenticator.byKey(key)).isPresent();

        world.patch(bela, "active", false);

        assertThat(authenticator.bySession(session.token())).isEmpty();
        assertThat(authenticator.byKey(key)).isEmpty();
        assertThat(authenticator.byUser(1, bela.id())).isEmpty();

        world.patch(bela, "active", true);

        assertThat(authenticator.bySession(session.token())).isEmpty();
        assertThat(authenticator.byKey(key)).isEmpty();
        assertThat(authenticator.byUser(1, bela.id())).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void otherNodesLearnOfAChangeWithinFiveSeconds(TestDatabase database) {
        SignInWorld world = world(database);
        User bela = world.user("bela");
        Authenticator here = world.node();
        world.clock.advance(AccessChanges.SETTLING);
        Session session = here.signIn("bela", PASSWORD, HERE);
        here.bySession(session.token());
        // Another node changed the user: this one has seen no hook.
        world.database.update("delete from access_session");
        assertThat(here.bySession(session.token())).isPresent();

        world.clock.advance(Duration.ofSeconds(5));

        assertThat(here.bySession(session.token())).isEmpty();
        assertThat(bela.isActive()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void afterFiveFailuresOneHasToWaitLongerEachTime(TestDatabase database) {
        SignInWorld world = world(database);
        world.user("bela");
        Authenticator authenticator = world.node();

        fail(authenticator, "bela", 5);

        assertThat(waitFor(authenticator, "bela", PASSWORD)).isEqualTo(Duration.ofSeconds(5));
        world.clock.advance(Duration.ofSeconds(5));
        fail(authenticator, "bela", 1);
        assertThat(waitFor(authenticator, "bela", PASSWORD)).isEqualTo(Duration.ofSeconds(10));
        world.clock.advance(Duration.ofMillis(9_001));
        assertThat(waitFor(authenticator, "bela", PASSWORD)).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @EnumSource
    void aRestartDoesNotShortenTheWait(TestDatabase database) {
        SignInWorld world = world(database);
        world.user("bela");
        fail(world.node(), "bela", 5);

        assertThat(waitFor(world.node(), "bela", PASSWORD)).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void loginsThatDoNotExistAreSlowedDownTheSame(TestDatabase database) {
        SignInWorld world = world(database);
        Authenticator authenticator = world.node();

        fail(authenticator, "nobody", 5);

        assertThat(waitFor(authenticator, "NOBODY", WRONG)).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @EnumSource
    void successForgivesTheFailuresOfTheLogin(TestDatabase database) {
        SignInWorld world = world(database);
        world.user("bela");
        Authenticator authenticator = world.node();

        fail(authenticator, "bela", 4);
        authenticator.signIn("bela", PASSWORD, HERE);
        fail(authenticator, "bela", 4);

        assertThat(authenticator.signIn("bela", PASSWORD, HERE)).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void whoTriesManyLoginsFromOneAddressIsSlowedDown(TestDatabase database) {
        SignInWorld world = world(database);
        world.user("bela");
        Authenticator authenticator = world.node();

        IntStream.range(0, 20).forEach(i -> fail(authenticator, "user" + i, 1));

        assertThat(waitFor(authenticator, "bela", PASSWORD)).isPositive();
        assertThat(authenticator.signIn("bela", PASSWORD, "198.51.100.7")).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void whoChangesTheirPasswordStaysWhereTheyAreAndNowhereElse(TestDatabase database) {
        SignInWorld world = world(database);
        world.user("bela");
        Authenticator authenticator = world.node();
        Session here = authenticator.signIn("bela", PASSWORD, HERE);
        Session there = authenticator.signIn("bela", PASSWORD, HERE);

        authenticator.changePassword(here, PASSWORD, "another four words");

        assertThat(authenticator.bySession(here.token())).isPresent();
        assertThat(authenticator.bySession(there.token())).isEmpty();
        assertThatThrownBy(() -> authenticator.signIn("bela", PASSWORD, HERE)).isInstanceOf(Denied.class);
        assertThat(authenticator.signIn("bela", "another four words", HERE)).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void aPasswordIsChangedByWhoKnowsItAndToAGoodOne(TestDatabase database) {
        SignInWorld world = world(database);
        world.user("bela");
        Authenticator authenticator = world.node();
        Session session = authenticator.signIn("bela", PASSWORD, HERE);

        assertThatExceptionOfType(Denied.class)
                .isThrownBy(() -> authenticator.changePassword(session, WRONG, "another four words"))
                .withMessage("access.wrongPassword");
        assertThatExceptionOfType(Invalid.class)
                .isThrownBy(() -> authenticator.changePassword(session, PASSWORD, "short"))
                .satisfies(refused ->
                        assertThat(refused.fields()).extracting("path").containsExactly("new"));
        assertThatExceptionOfType(Invalid.class)
                .isThrownBy(() -> authenticator.changePassword(session, PASSWORD, PASSWORD));
        assertThat(authenticator.bySession(session.token())).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void anOpenSessionIsNoPlaceToGuessThePassword(TestDatabase database) {
        SignInWorld world = world(database);
        world.user("bela");
        Authenticator authenticator = world.node();
        Session session = authenticator.signIn("bela", PASSWORD, HERE);

        IntStream.range(0, 5).forEach(i -> assertThatThrownBy(
                        () -> authenticator.changePassword(session, WRONG, "another four words"))
                .isInstanceOf(Denied.class));

        assertThatThrownBy(() -> authenticator.changePassword(session, PASSWORD, "another four words"))
                .isInstanceOf(Throttled.class);
    }

    @ParameterizedTest
    @EnumSource
    void aResetPasswordHoldsForOneSignIn(TestDatabase database) {
        SignInWorld world = world(database);
        world.user("bela");
        Authenticator authenticator = world.node();
        Session before = authenticator.signIn("bela", PASSWORD, HERE);
        fail(authenticator, "bela", 5);

        String password = authenticator.resetPassword(1, "BELA");

        assertThat(authenticator.bySession(before.token())).isEmpty();
        Session session = authenticator.signIn("bela", password, HERE);
        assertThat(session.mustChangePassword()).isTrue();
        authenticator.changePassword(session, password, "another four words");
        assertThat(authenticator.bySession(session.token()))
                .hasValueSatisfying(now -> assertThat(now.mustChangePassword()).isFalse());
        assertThatThrownBy(() -> authenticator.resetPassword(1, "nobody")).isInstanceOf(NotFound.class);
    }

    private static void fail(Authenticator authenticator, String user, int times) {
        IntStream.range(0, times).forEach(i -> assertThatThrownBy(() -> authenticator.signIn(user, WRONG, HERE))
                .isInstanceOf(Denied.class));
    }

    private static Duration waitFor(Authenticator authenticator, String user, String password) {
        return catchThrowableOfType(Throttled.class, () -> authenticator.signIn(user, password, HERE))
                .retryAfter();
    }
}
