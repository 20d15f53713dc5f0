// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Lets several people do something at the same moment. */
final class Together {

    private Together() {}

    /** What each of them got, in the order of their numbers from 0. */
    static <T> List<T> run(int people, IntFunction<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(people);
        ExecutorService threads = Executors.newFixedThreadPool(people);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    start.await();
                    return work.apply(number);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }
}
