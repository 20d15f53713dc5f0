// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.record;

import java.time.Instant;
import java.util.Map;
import javax.persistence.Column;
import javax.persistence.DiscriminatorType;
import javax.persistence.Id;
import javax.persistence.MappedSuperclass;
import javax.persistence.Transient;
import javax.persistence.Version;
import org.eclipse.persistence.annotations.Multitenant;
import org.eclipse.persistence.annotations.MultitenantType;
import org.eclipse.persistence.annotations.TenantDiscriminatorColumn;
import org.jspecify.annotations.Nullable;

/**
 * What every record has. Modules extend it; only the runtime writes what stands here, but for the owner and the team.
 * The migration's change {@code createRecordTable} makes the columns.
 */
@MappedSuperclass
@Multitenant(MultitenantType.SINGLE_TABLE)
@TenantDiscriminatorColumn(
        name = "tenant_id",
        contextProperty = BaseRecord.TENANT,
        discriminatorType = DiscriminatorType.INTEGER)
public abstract class BaseRecord {

    /** The property of a persistence context that carries the tenant. */
    public static final String TENANT = "trellis.tenant";

    @Id
    @Column(name = "id")
    private @Nullable Long id;

    @Version
    @Column(name = "version")
    private int version;

    @Field(readOnly = true)
    @Column(name = "created_at")
    private @Nullable Instant createdAt;

    @Field(readOnly = true, references = "user")
    @Column(name = "created_by")
    private @Nullable Long createdBy;

    @Field(readOnly = true)
    @Column(name = "updated_at")
    private @Nullable Instant updatedAt;

    @Field(readOnly = true, references = "user")
    @Column(name = "updated_by")
    private @Nullable Long updatedBy;

    @Field(references = "user")
    @Column(name = "owner_id")
    private @Nullable Long owner;

    @Field(references = "team")
    @Column(name = "team_id")
    private @Nullable Long team;

    @Field(readOnly = true)
    @Column(name = "deleted_at")
    private @Nullable Instant deletedAt;

    /** The values of fields that were added at run time, by column; the runtime reads, writes and stores them. */
    @Transient
    private @Nullable Map<String, Object> custom;

    /** The id: 64 bits, time-sorted, made by the application; {@code null} until created. */
    public @Nullable Long id() {
        return id;
    }

    /** Counts the saves; the {@code ETag}. */
    public int version() {
        return version;
    }

    public @Nullable Instant createdAt() {
        return createdAt;
    }

    public @Nullable Long createdBy() {
        return createdBy;
    }

    public @Nullable Instant updatedAt() {
        return updatedAt;
    }

    public @Nullable Long updatedBy() {
        return updatedBy;
    }

    /** The user to whom {@link org.trelliscrm.api.access.Scope#OWN} belongs. */
    public @Nullable Long owner() {
        return owner;
    }

    /** The team to which {@link org.trelliscrm.api.access.Scope#TEAM} belongs. */
    public @Nullable Long team() {
        return team;
    }

    /** When it was put into the trash; {@code null} if it is not there. */
    public @Nullable Instant deletedAt() {
        return deletedAt;
    }

    /** Gives the record to somebody. */
    public void assign(@Nullable Long newOwner, @Nullable Long newTeam) {
        owner = newOwner;
        team = newTeam;
    }
}
