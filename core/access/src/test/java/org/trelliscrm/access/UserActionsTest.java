// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Invalid;

class UserActionsTest {

    private static final Map<String, Object> NEW_PASSWORD = Map.of("password", "four words that fit");

    private final AccessWorld world = new AccessWorld();
    private final SetPassword setPassword = new SetPassword(new Passwords(new PasswordHash(64, 1)));
    private final IssueKey issueKey = new IssueKey();
    private final User bela = world.user("bela", world.reader);
    private final User cilla = world.user("cilla", world.sales);

    @Test
    void aPasswordThatSomebodyElseSetHoldsForOneSignIn() {
        int before = bela.sessionSeries();

        world.as(world.anna).act(setPassword, bela, NEW_PASSWORD);

        assertThat(PasswordHash.fits("four words that fit", bela.passwordHash()))
                .isTrue();
        assertThat(bela.isPasswordExpired()).isTrue();
        assertThat(bela.sessionSeries()).isGreaterThan(before);
    }

    @Test
    void nobodySetsThePasswordOfSomebodyWhoMayDoMore() {
        assertThatThrownBy(() -> world.as(world.anna).act(setPassword, cilla, NEW_PASSWORD))
                .hasMessage("access.beyondOwnRights");
        assertThatThrownBy(() -> world.as(world.anna).act(setPassword, world.admin, NEW_PASSWORD))
                .hasMessage("access.beyondOwnRights");
    }

    @Test
    void onesOwnPasswordIsChangedByTellingThePresentOne() {
        assertThatThrownBy(() -> world.as(world.admin).act(setPassword, world.admin, NEW_PASSWORD))
                .hasMessage("access.ownPassword");
    }

    @Test
    void aWeakPasswordIsRefused() {
        assertThatExceptionOfType(Invalid.class)
                .isThrownBy(() -> world.as(world.admin).act(setPassword, bela, Map.of("password", "short")))
                .satisfies(refused ->
                        assertThat(refused.fields()).extracting("path").containsExactly("password"));
    }

    @Test
    void aKeyIsShownOnceAndKeptWithoutItsSecret() {
        Object key = world.as(world.anna)
                .act(issueKey, bela, Map.of("name", " backup "))
                .get("key");

        assertThat(KeyText.parse((String) key)).isPresent();
        assertThat(world.transaction.all(ApiKey.class)).singleElement().satisfies(record -> {
            assertThat(record.isIssued()).isTrue();
            assertThat(record.user()).isEqualTo(bela.id());
            assertThat(record.expiresAt()).isNull();
        });
    }

    @Test
    void aKeyCanEndByItself() {
        world.as(world.anna).act(issueKey, bela, Map.of("name", "trial", "expiresInDays", BigDecimal.valueOf(30)));

        assertThat(world.transaction.all(ApiKey.class))
                .singleElement()
                .extracting(ApiKey::expiresAt)
                .isEqualTo(world.clock.instant().plus(Duration.ofDays(30)));
        assertThatThrownBy(() ->
                        world.as(world.anna).act(issueKey, bela, Map.of("name", "x", "expiresInDays", BigDecimal.ZERO)))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void nobodyIssuesAKeyOfSomebodyWhoMayDoMoreButTheirOwn() {
        assertThatThrownBy(() -> world.as(world.anna).act(issueKey, cilla, Map.of("name", "x")))
                .hasMessage("access.beyondOwnRights");
        assertThat(world.as(cilla).act(issueKey, cilla, Map.of("name", "x"))).containsKey("key");
    }

    @Test
    void aKeyNeedsANameAndAnActiveUser() {
        assertThatThrownBy(() -> world.as(world.admin).act(issueKey, bela, Map.of("name", " ")))
                .isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> world.as(world.admin).act(issueKey, bela, Map.of("name", "x".repeat(256))))
                .isInstanceOf(Invalid.class);

        world.as(world.admin).patch(bela, "active", false);

        assertThatThrownBy(() -> world.as(world.admin).act(issueKey, bela, Map.of("name", "x")))
                .isInstanceOf(Conflict.class);
    }
}
