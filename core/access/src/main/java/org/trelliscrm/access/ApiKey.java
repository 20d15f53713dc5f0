// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.time.Instant;
import java.util.Objects;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.RecordType;

/**
 * Lets a program work with the rights of a user. Made by the action {@code issue-key} only, which shows the secret once; the
 * record keeps its hash. Withdrawn by {@code revoked} or by the trash.
 */
@RecordType(name = "api_key", collection = "api-keys", titleField = "name", icon = "key-round")
@Entity
@Table(name = "access_key")
public class ApiKey extends BaseRecord {

    @Field(required = true, searchable = true)
    private @Nullable String name;

    @Field(references = "user", readOnly = true)
    @Column(name = "user_id")
    private @Nullable Long user;

    /** The public part of the key, by which it is found and recognised. */
    @Field(readOnly = true, maxLength = 32)
    private @Nullable String prefix;

    @Field(internal = true, maxLength = 64)
    private @Nullable String secretHash;

    @Field(readOnly = true)
    private @Nullable Instant expiresAt;

    /** To the minute; written past the change feed. */
    @Field(readOnly = true)
    private @Nullable Instant lastUsedAt;

    /** Instead of the limit for all; 0 is none. Only an administrator sets it. */
    @Field(min = 0, max = 1_000_000)
    private @Nullable Integer requestsPerMinute;

    @Field
    private boolean revoked;

    /** For the engine. */
    public ApiKey() {}

    ApiKey(String name, long user, KeyText text, @Nullable Instant expiresAt) {
        this.name = name;
        this.user = user;
        this.prefix = text.prefix();
        this.secretHash = text.secretHash();
        this.expiresAt = expiresAt;
    }

    /** Whether there is a secret behind it. */
    boolean isIssued() {
        return secretHash != null;
    }

    void revoke() {
        revoked = true;
    }

    boolean isRevoked() {
        return revoked;
    }

    long user() {
        return Objects.requireNonNull(user);
    }

    @Nullable
    Instant expiresAt() {
        return expiresAt;
    }
}
