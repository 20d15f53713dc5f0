// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OncePostgresIT extends Once {

    private final Server server = Servers.on(Database.POSTGRESQL);

    OncePostgresIT() {
        super(Database.POSTGRESQL);
    }

    private void execute(String sql) throws IOException {
        Postgres.shared().execute(Postgres.database(server.home()), sql);
    }

    @Test
    void aServerThatDiedBeforeItAnsweredTellsOfTheRecordItMade() throws IOException {
        Api once = server.admin().with("Idempotency-Key", UUID.randomUUID().toString());
        Map<String, String> contact = Map.of("name", "Once");
        Answer first = once.post("/api/contacts", contact).expect(201);
        // As it is between the commit and the answer.
        execute("update idempotency_key set answer = null");

        Answer second = once.post("/api/contacts", contact).expect(201);

        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.etag()).isEqualTo(first.etag());
    }

    @Test
    void afterADayTheKeyIsFree() throws IOException {
        Api once = server.admin().with("Idempotency-Key", UUID.randomUUID().toString());
        Map<String, String> contact = Map.of("name", "Once");
        Answer first = once.post("/api/contacts", contact).expect(201);
        execute("update idempotency_key set created_at = created_at - interval '25 hours'");

        Answer second = once.post("/api/contacts", contact).expect(201);

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(once.post("/api/contacts", contact).expect(201).id()).isEqualTo(second.id());
    }
}
