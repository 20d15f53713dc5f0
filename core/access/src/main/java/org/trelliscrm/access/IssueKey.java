// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.RecordAction;
import org.trelliscrm.api.record.RecordTransaction;

/** The verb {@code issue-key} on a user: makes an API key with the user's rights. The answer is the only place that shows it. */
@Component
public final class IssueKey implements RecordAction<User> {

    private static final String NAME = "name";
    private static final String EXPIRES_IN_DAYS = "expiresInDays";
    private static final int MAX_NAME = 255;
    private static final int MAX_DAYS = 36_500;

    @Override
    public Class<User> type() {
        return User.class;
    }

    @Override
    public String name() {
        return "issue-key";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter(NAME, Parameter.Kind.TEXT, true),
                new Parameter(EXPIRES_IN_DAYS, Parameter.Kind.NUMBER, false));
    }

    @Override
    public Map<String, Object> run(User user, Map<String, Object> input, RecordTransaction transaction) {
        Ceiling ceiling = new Ceiling(transaction);
        if (!ceiling.isSelf(user)) {
            ceiling.requireRoles(user.roles());
        }
        String name = input.get(NAME) instanceof String text ? text.strip() : "";
        if (name.isEmpty()) {
            throw Invalid.field(NAME, "field.required", Map.of());
        }
        if (name.length() > MAX_NAME) {
            throw Invalid.field(NAME, "field.tooLong", Map.of("max", MAX_NAME, "length", name.length()));
        }
        return Map.of("key", issue(user, name, expiry(input, transaction.now()), transaction));
    }

    private static @Nullable Instant expiry(Map<String, Object> input, Instant now) {
        if (!(input.get(EXPIRES_IN_DAYS) instanceof BigDecimal days)) {
            return null;
        }
        if (days.compareTo(BigDecimal.ONE) < 0 || days.compareTo(BigDecimal.valueOf(MAX_DAYS)) > 0) {
            throw Invalid.field(EXPIRES_IN_DAYS, "field.outOfRange", Map.of("min", 1, "max", MAX_DAYS));
        }
        return now.plus(Duration.ofDays(days.longValue()));
    }

    /** Makes a key and its record. */
    static String issue(User user, String name, @Nullable Instant expiresAt, RecordTransaction transaction) {
        if (!user.isActive()) {
            throw new Conflict("access.userInactive", Map.of("login", user.login()));
        }
        KeyText text = KeyText.random();
        transaction.create(new ApiKey(name, Objects.requireNonNull(user.id()), text, expiresAt));
        return text.text();
    }
}
