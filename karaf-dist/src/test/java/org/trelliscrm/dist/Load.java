// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Clients that create, read and list contacts until they are stopped, and note what fails. */
final class Load {

    private final Api api;
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final AtomicInteger requests = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> created = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads;

    Load(Api api, int clients) {
        this.api = api;
        threads = Executors.newFixedThreadPool(clients);
        for (int client = 0; client < clients; client++) {
            String name = "Client " + client;
            threads.execute(() -> work(name));
        }
    }

    private void work(String name) {
        while (going.get()) {
            String id = request(() -> api.post("/api/contacts", Map.of("name", name)), 201);
            if (id != null) {
                created.add(id);
                request(() -> api.get("/api/contacts/" + id), 200);
            }
            request(() -> api.list("contacts", "name eq '" + name + "'", "limit=20", "sort=-createdAt"), 200);
        }
    }

    private String request(Supplier<Answer> request, int expected) {
        requests.incrementAndGet();
        try {
            Answer answer = request.get();
            if (answer.status() == expected) {
                return (String) answer.json().get("id");
            }
            failures.add(answer.toString());
        } catch (RuntimeException e) {
            failures.add(e.toString());
        }
        return null;
    }

    /** How many contacts have been created so far. */
    int acknowledged() {
        return created.size();
    }

    /** Ends the load when the requests under way are answered. */
    Result stop() throws InterruptedException {
        going.set(false);
        threads.shutdown();
        if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
            failures.add("a request has not been answered within a minute");
        }
        return new Result(requests.get(), List.copyOf(failures), List.copyOf(created));
    }

    /**
     * What came of it.
     *
     * @param requests how many requests were sent
     * @param failures those that were not answered as they should
     * @param created the ids of the contacts whose creation was acknowledged
     */
    record Result(int requests, List<String> failures, List<String> created) {}
}
