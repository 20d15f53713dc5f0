// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trelliscrm.api.access.Authenticator;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.runtime.records.Engine;
import org.trelliscrm.runtime.rest.ComeBack;
import org.trelliscrm.runtime.security.Gate;
import org.trelliscrm.runtime.security.Gate.Credentials;

class RequestLimitsTest {

    private static final Caller BELA = Engine.caller(7, Rights.ALL);
    private static final Caller CARYS = Engine.caller(8, Rights.ALL);

    private final Map<String, Integer> limitsOfKeys = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();

    private RequestLimits limits(int ofAll) {
        Authenticator authenticator = (Authenticator) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Authenticator.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("requestsPerMinute");
                    Integer limit = limitsOfKeys.get((String) arguments[0]);
                    return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
                });
        Gate gate = new Gate() {
            @Override
            public Authenticator authenticator() {
                return authenticator;
            }
        };
        return new RequestLimits(gate, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), settings(ofAll));
    }

    private static RequestLimits.Settings settings(int requestsPerMinute) {
        return new RequestLimits.Settings() {
            @Override
            public int requestsPerMinute() {
                return requestsPerMinute;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return RequestLimits.Settings.class;
            }
        };
    }

    private void ask(RequestLimits limits, Caller caller, @Nullable String key) {
        String authorization = key == null ? null : "Bearer " + key;
        limits.count(new Credentials("GET", authorization, "cookie", null), caller, headers::put);
    }

    @Test
    void thereIsNoLimitUnlessOneIsSet() {
        RequestLimits limits = limits(0);

        ask(limits, BELA, "a");
        ask(limits, BELA, null);

        assertThat(headers).isEmpty();
        assertThat(limits.size()).isZero();
    }

    @Test
    void aUserHasOneLimitHoweverManySessions() {
        RequestLimits limits = limits(1);
        ask(limits, BELA, null);

        assertThatThrownBy(() -> ask(limits, BELA, null)).isInstanceOfSatisfying(ComeBack.class, problem -> {
            assertThat(problem.status()).isEqualTo(429);
            assertThat(problem.after()).hasSeconds(60);
        });
        assertThat(headers).containsEntry("RateLimit-Remaining", "0");
        assertThatCode(() -> ask(limits, CARYS, null)).doesNotThrowAnyException();
        assertThatCode(() -> ask(limits, BELA, "a key")).doesNotThrowAnyException();
    }

    @Test
    void aKeysOwnLimitGoesBeforeThatOfAll() {
        limitsOfKeys.putAll(Map.of("slow", 1, "free", 0));
        RequestLimits limits = limits(2);
        ask(limits, BELA, "slow");

        assertThatThrownBy(() -> ask(limits, BELA, "slow")).isInstanceOf(ComeBack.class);
        for (int i = 0; i < 10; i++) {
            ask(limits, BELA, "free");
        }
    }

    @Test
    void aNewSettingWorksAtOnce() {
        RequestLimits limits = limits(0);
        limits.configure(settings(1));
        ask(limits, BELA, null);

        assertThatThrownBy(() -> ask(limits, BELA, null)).isInstanceOf(ComeBack.class);
    }

    @Test
    void manyKeysTakeNoMoreMemoryThanThereIsFor() {
        RequestLimits limits = limits(1);

        for (int i = 0; i < 2 * RequestLimits.BOUND + 5; i++) {
            ask(limits, BELA, "key " + i);
        }

        assertThat(limits.size()).isLessThanOrEqualTo(RequestLimits.BOUND);
    }
}
