// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Denied;

class ApiKeyRulesTest {

    private final AccessWorld world = new AccessWorld();
    private final User bela = world.user("bela", world.sales);

    private ApiKey key() {
        world.transaction.act(new IssueKey(), bela, Map.of("name", "backup"));
        return world.transaction.all(ApiKey.class).get(0);
    }

    @Test
    void aKeyIsNotWrittenDownByHand() {
        assertThatThrownBy(() -> world.as(world.admin).create(ApiKey.class, Map.of("name", "mine")))
                .isInstanceOf(Denied.class)
                .hasMessage("access.keyNotIssued");
    }

    @Test
    void aKeyBelongsToItsUser() {
        assertThat(key().owner()).isEqualTo(bela.id());
    }

    @Test
    void whatWasWithdrawnStaysSo() {
        ApiKey key = key();
        world.as(world.admin).patch(key, "revoked", true);

        assertThatThrownBy(() -> world.as(world.admin).patch(key, "revoked", false))
                .isInstanceOf(Conflict.class)
                .hasMessage("access.keyRevoked");
    }

    @Test
    void whatComesBackFromTheTrashIsWithdrawn() {
        ApiKey key = key();

        world.as(world.admin).trash(key);
        world.as(world.admin).restore(key);

        assertThat(key.isRevoked()).isTrue();
    }
}
