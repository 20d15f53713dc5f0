// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trelliscrm.api.access.Authenticator;
import org.trelliscrm.api.access.Authenticator.Session;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.testkit.FakeRecords;
import org.trelliscrm.testkit.FakeTransaction;

class FirstUserTest {

    @TempDir
    Path home;

    private SignInWorld world(TestDatabase database) {
        return new SignInWorld(database.open(), home);
    }

    @ParameterizedTest
    @EnumSource
    void aFreshInstallationHasRolesAndOneAdministratorWhoMustChangeTheirPassword(TestDatabase database)
            throws IOException {
        SignInWorld world = world(database);

        world.firstUser().create();

        List<String> lines = Files.readAllLines(home.resolve(FirstSignIn.NAME));
        Session session = world.node().signIn(lines.get(0), lines.get(1), "127.0.0.1");
        assertThat(lines).hasSize(2).first().isEqualTo("admin");
        assertThat(lines.get(1)).hasSize(20);
        assertThat(session.mustChangePassword()).isTrue();
        assertThat(Powers.isUnlimited(session.caller().rights())).isTrue();
        assertThat(world.transaction.all(User.class)).hasSize(1);
        assertThat(world.transaction.all(Role.class))
                .extracting(Role::name)
                .containsExactly(
                        "administrator",
                        "executive",
                        "sales",
                        "marketing",
                        "support",
                        "call-agent",
                        "warehouse",
                        "read-only",
                        "partner");
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheOwnerOfTheMachineReadsThePassword(TestDatabase database) throws IOException {
        SignInWorld world = world(database);

        world.firstUser().create();

        assertThat(Files.getPosixFilePermissions(home.resolve(FirstSignIn.NAME)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(home).isDirectoryNotContaining("glob:**.new");
    }

    @ParameterizedTest
    @EnumSource
    void theFileGoesWhenThePasswordIsWorthNothingAnyMore(TestDatabase database) throws IOException {
        SignInWorld world = world(database);
        world.user("bela");
        Authenticator authenticator = world.node();
        world.firstSignIn.write("admin", "secret");

        authenticator.changePassword(
                authenticator.signIn("bela", SignInWorld.PASSWORD, "here"), SignInWorld.PASSWORD, "another four words");
        assertThat(home.resolve(FirstSignIn.NAME)).exists();

        world.user("admin");
        authenticator.changePassword(
                authenticator.signIn("admin", SignInWorld.PASSWORD, "here"),
                SignInWorld.PASSWORD,
                "another four words");
        assertThat(home.resolve(FirstSignIn.NAME)).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void laterStartsMakeNobodyEvenIfTheFileWasLostAndTheAdministratorTrashed(TestDatabase database) throws IOException {
        SignInWorld world = world(database);
        world.firstUser().create();
        Files.delete(home.resolve(FirstSignIn.NAME));
        world.database.update("update access_user set deleted_at = ?", world.clock.instant());

        world.firstUser().create();

        assertThat(world.transaction.all(User.class)).hasSize(1);
        assertThat(home.resolve(FirstSignIn.NAME)).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoNodesThatStartAtOnceOneMakesTheAdministrator(TestDatabase database) {
        SignInWorld world = world(database);
        FirstUser slower = new FirstUser(
                new FakeRecords(new FakeTransaction(world.clock), () -> {
                    world.firstUser().create();
                    throw new Conflict("record.busy", Map.of());
                }),
                world.database,
                world.passwords,
                new FirstSignIn(home.resolve("other")));

        slower.create();

        assertThat(home.resolve(FirstSignIn.NAME)).exists();
        assertThat(home.resolve("other")).doesNotExist();
        assertThat(world.transaction.all(User.class)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatFailsIsToldSoThatItIsTriedAgain(TestDatabase database) {
        SignInWorld world = world(database);
        FirstUser failing = new FirstUser(
                new FakeRecords(world.transaction, () -> {
                    throw new IllegalStateException("away");
                }),
                world.database,
                world.passwords,
                world.firstSignIn);

        assertThatThrownBy(failing::create).hasMessage("away");
    }
}
