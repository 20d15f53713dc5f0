// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trelliscrm.api.access.Authenticator;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.NotFound;

class KeysTest {

    @TempDir
    Path home;

    private SignInWorld world(TestDatabase database) {
        return new SignInWorld(database.open(), home);
    }

    @ParameterizedTest
    @EnumSource
    void aKeyWorksWithTheRightsOfItsUser(TestDatabase database) {
        SignInWorld world = world(database);
        User bela = world.user("bela");
        Authenticator authenticator = world.node();

        String key = authenticator.issueKey(1, "Bela", "backup");

        assertThat(authenticator.byKey(key)).map(Caller::user).contains(bela.id());
        assertThat(key).matches("tcrm_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}");
        assertThat(world.database.query("select secret_hash from access_key", row -> row.getString(1)))
                .containsExactly(Secrets.hash(key.substring(18)));
    }

    @ParameterizedTest
    @EnumSource
    void aKeyWithAnotherSecretOpensNothing(TestDatabase database) {
        SignInWorld world = world(database);
        world.user("bela");
        Authenticator authenticator = world.node();
        String key = authenticator.issueKey(1, "bela", "backup");

        List<String> wrong = List.of(
                key.substring(0, key.length() - 1) + (key.endsWith("a") ? "b" : "a"),
                key + "a",
                key.substring(0, key.length() - 1),
                key.substring(0, 17),
                "",
                "tcrm__");

        assertThat(wrong)
                .allSatisfy(text -> assertThat(authenticator.byKey(text)).isEmpty());
        assertThat(lastUsed(world)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aWithdrawnKeyOpensNothingAtOnce(TestDatabase database) {
        SignInWorld world = world(database);
        world.user("bela");
        Authenticator authenticator = world.node();
        String withdrawn = authenticator.issueKey(1, "bela", "one");
        String trashed = authenticator.issueKey(1, "bela", "two");
        world.clock.advance(AccessChanges.SETTLING);
        assertThat(authenticator.byKey(withdrawn)).isPresent();
        assertThat(authenticator.byKey(trashed)).isPresent();

        List<ApiKey> keys = world.transaction.all(ApiKey.class);
        world.patch(keys.get(0), "revoked", true);
        world.system(tx -> {
            tx.trash(keys.get(1));
            return tx;
        });

        assertThat(authenticator.byKey(withdrawn)).isEmpty();
        assertThat(authenticator.byKey(trashed)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whoCameWithAKeyIsFoundAgainByItUntilItIsWithdrawn(TestDatabase database) {
        SignInWorld world = world(database);
        User bela = world.user("bela");
        Authenticator authenticator = world.node();
        Caller caller =
                authenticator.byKey(authenticator.issueKey(1, "bela", "one")).orElseThrow();
        long key = Objects.requireNonNull(caller.key());

        Optional<Caller> again = authenticator.byKeyId(1, key);
        Optional<Caller> elsewhere = authenticator.byKeyId(2, key);
        world.database.update("update access_key set revoked = ? where id = ?", true, key);
        Optional<Caller> withdrawn = authenticator.byKeyId(1, key);

        assertThat(again).map(Caller::user).contains(bela.id());
        assertThat(elsewhere).isEmpty();
        assertThat(withdrawn).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyEndsWhenItWasMadeToEnd(TestDatabase database) {
        SignInWorld world = world(database);
        User bela = world.user("bela");
        Authenticator authenticator = world.node();
        String key = (String) world.system(tx ->
                        tx.act(new IssueKey(), bela, Map.of("name", "trial", "expiresInDays", BigDecimal.valueOf(30))))
                .get("key");

        assertThat(authenticator.byKey(key)).isPresent();
        world.clock.advance(Duration.ofDays(30).minusSeconds(1));
        assertThat(authenticator.byKey(key)).isPresent();
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(authenticator.byKey(key)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void itIsKnownToTheMinuteWhenAKeyWasLastUsed(TestDatabase database) {
        SignInWorld world = world(database);
        world.user("bela");
        Authenticator authenticator = world.node();
        String key = authenticator.issueKey(1, "bela", "backup");
        Instant start = world.clock.instant();

        authenticator.byKey(key);
        world.clock.advance(Duration.ofSeconds(59));
        authenticator.byKey(key);
        assertThat(lastUsed(world)).isEqualTo(start);
        world.clock.advance(Duration.ofSeconds(10));
        authenticator.byKey(key);
        assertThat(lastUsed(world)).isEqualTo(start.plusSeconds(69));
    }

    private static @Nullable Instant lastUsed(SignInWorld world) {
        return world.database
                .query(
                        "select last_used_at from access_key",
                        row -> Optional.ofNullable(Database.instant(row, "last_used_at")))
                .get(0)
                .orElse(null);
    }

    @ParameterizedTest
    @EnumSource
    void onlyAnActiveUserGetsAKey(TestDatabase database) {
        SignInWorld world = world(database);
        world.patch(world.user("gone"), "active", false);
        Authenticator authenticator = world.node();

        assertThatThrownBy(() -> authenticator.issueKey(1, "gone", "backup")).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> authenticator.issueKey(1, "nobody", "backup")).isInstanceOf(NotFound.class);
    }
}
