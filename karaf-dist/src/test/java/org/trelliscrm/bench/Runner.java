// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Lets a number of clients work side by side for a while, each on a thread of its own. */
final class Runner {

    private static final int LONGEST_MESSAGE = 300;

    private Runner() {}

    static Result run(Work.Opening opening, int clients, Duration duration) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            CyclicBarrier start = new CyclicBarrier(clients);
            List<Client> all = new ArrayList<>();
            List<Future<?>> running = new ArrayList<>();
            for (int number = 0; number < clients; number++) {
                Client client = new Client(opening.open(number, clients), duration.toNanos());
                all.add(client);
            }
            for (Client client : all) {
                running.add(threads.submit(() -> {
                    client.work(start);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            return result(all);
        } finally {
            threads.shutdown();
        }
    }

    private static Result result(List<Client> clients) {
        long[] latencies = clients.stream()
                .flatMapToLong(client -> LongStream.of(client.latencies).limit(client.count))
                .sorted()
                .toArray();
        Map<String, Integer> errors = new TreeMap<>();
        clients.forEach(client -> client.errors.forEach((text, times) -> errors.merge(text, times, Integer::sum)));
        long nanos = clients.stream().mapToLong(client -> client.nanos).max().orElseThrow();
        return new Result(nanos, latencies, errors);
    }

    private static final class Client {

        private final Work work;
        private final long duration;
        private final Map<String, Integer> errors = new TreeMap<>();
        private long[] latencies = new long[1024];
        private int count;
        private long nanos;

        Client(Work work, long duration) {
            this.work = work;
            this.duration = duration;
        }

        void work(CyclicBarrier start) throws Exception {
            try (work) {
                start.await();
                long begin = System.nanoTime();
                long now = begin;
                // At least once: a request may take longer than the whole measurement.
                do {
                    long before = now;
                    boolean done = once();
                    now = System.nanoTime();
                    if (done) {
                        note(now - before);
                    }
                } while (now - begin < duration);
                nanos = now - begin;
            }
        }

        private boolean once() throws InterruptedException {
            try {
                work.once();
                return true;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                // The boundary of the measurement: whatever fails is an error of it, told in the end.
                String text = String.valueOf(e.getMessage());
                errors.merge(text.substring(0, Math.min(text.length(), LONGEST_MESSAGE)), 1, Integer::sum);
                return false;
            }
        }

        private void note(long latency) {
            if (count == latencies.length) {
                latencies = Arrays.copyOf(latencies, count * 2);
            }
            latencies[count++] = latency;
        }
    }
}
