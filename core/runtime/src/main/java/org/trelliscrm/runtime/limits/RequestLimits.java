// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.limits;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.runtime.data.Digests;
import org.trelliscrm.runtime.limits.Bucket.Taken;
import org.trelliscrm.runtime.rest.ComeBack;
import org.trelliscrm.runtime.security.Gate;
import org.trelliscrm.runtime.security.Gate.Credentials;

/**
 * Counts the requests of each API key, and of each user over all their sessions. In memory, so each node counts for itself;
 * a limit keeps a program from drowning the others and is no bill.
 */
@Component(service = RequestLimits.class, configurationPid = "org.trelliscrm.rest")
public class RequestLimits {

    /** More than ever ask within a minute; beyond, those that are full again are forgotten. */
    static final int BOUND = 10_000;

    private final Gate gate;
    private final Clock clock;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private volatile int ofAll;

    /** What an administrator may set. */
    public @interface Settings {
        /** For keys and users that have no limit of their own; 0 is none. */
        int requestsPerMinute() default 0;
    }

    @Activate
    public RequestLimits(@Reference Gate gate, @Reference Clock clock, Settings settings) {
        this.gate = gate;
        this.clock = clock;
        configure(settings);
    }

    /** Takes a new setting without forgetting who has asked how often: nobody in front of it restarts. */
    @Modified
    final void configure(Settings settings) {
        ofAll = settings.requestsPerMinute();
    }

    /**
     * Counts a request.
     *
     * @param headers takes what the answer says about it
     * @throws ComeBack if it is one too many
     */
    public void count(Credentials credentials, Caller caller, BiConsumer<String, String> headers) {
        String key = credentials.key();
        OptionalInt own =
                key == null ? OptionalInt.empty() : gate.authenticator().requestsPerMinute(key);
        int limit = own.orElse(ofAll);
        if (limit <= 0) {
            return;
        }
        Taken taken = bucket(name(key, caller)).take(limit, clock.millis());
        taken.headers().forEach(headers);
        if (!taken.allowed()) {
            throw new ComeBack(429, "access.tooManyRequests", Duration.ofSeconds(Bucket.seconds(taken.untilNext())));
        }
    }

    private Bucket bucket(String name) {
        Bucket known = buckets.get(name);
        if (known != null) {
            return known;
        }
        long now = clock.millis();
        if (buckets.size() >= BOUND) {
            buckets.values().removeIf(bucket -> bucket.isFull(now));
            if (buckets.size() >= BOUND) {
                // Whoever comes back begins anew: better than to refuse somebody who has done nothing.
                buckets.clear();
            }
        }
        return buckets.computeIfAbsent(name, one -> new Bucket(now));
    }

    int size() {
        return buckets.size();
    }

    /** A key by its hash, for it is a secret; a user by their id, for they may open as many sessions as they like. */
    private static String name(@Nullable String key, Caller caller) {
        if (key == null) {
            return caller.tenant() + " " + caller.user();
        }
        return HexFormat.of().formatHex(Digests.sha256().digest(key.getBytes(StandardCharsets.UTF_8)));
    }
}
