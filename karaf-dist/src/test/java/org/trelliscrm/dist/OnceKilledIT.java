// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever a server was doing when it was killed: what is sent again with its key is there once. */
class OnceKilledIT {

    private static final int CLIENTS = 4;
    private static final int BEFORE_THE_END = 200;

    @Test
    void eachKeyHasOneRecordAfterTheServerWasKilled() throws Exception {
        Server server = Server.install("once-killed", Database.DERBY);
        server.start();
        Api admin = server.admin();
        CountDownLatch answered = new CountDownLatch(BEFORE_THE_END);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        List<Future<Integer>> clients = IntStream.range(0, CLIENTS)
                .mapToObj(client -> threads.submit(() -> postUntilTheEnd(admin, client, answered)))
                .toList();

        answered.await();
        server.kill9();
        server.start();

        int sent = 0;
        for (int client = 0; client < CLIENTS; client++) {
            int last = clients.get(client).get();
            for (int i = 0; i <= last; i++) {
                Answer again = post(admin, client, i).expect(201);
                assertThat(again.text("name")).isEqualTo(name(client, i));
            }
            sent += last + 1;
        }
        Answer all = admin.list("contacts", "name starts Killed", "count=true").expect(200);
        assertThat(all.json()).containsEntry("total", sent);
        threads.shutdown();
        server.stop();
    }

    /** The number of the request that got no answer. */
    private static int postUntilTheEnd(Api admin, int client, CountDownLatch answered) {
        for (int i = 0; ; i++) {
            try {
                post(admin, client, i).expect(201);
                answered.countDown();
            } catch (UncheckedIOException e) {
                return i;
            }
        }
    }

    private static Answer post(Api admin, int client, int number) {
        return admin.with("Idempotency-Key", name(client, number))
                .post("/api/contacts", Map.of("name", name(client, number)));
    }

    private static String name(int client, int number) {
        return "Killed-" + client + "-" + number;
    }
}
