// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.trelliscrm.api.access.Caller;

/**
 * The transaction in which a hook, an action or {@link Records#inTransaction} works: typed access to the records of one
 * module. It acts for the module, so the caller's row rights are not asked; the tenant's border holds. Everything
 * written through it is checked, recorded in the change feed, and undone together if anything fails. Not thread-safe,
 * not to be kept.
 */
@ProviderType
public interface RecordTransaction {

    /** For whom the work is done. */
    Caller caller();

    /** The moment of the transaction; the same for all it writes. */
    Instant now();

    /** The record with this id, not in the trash; changes to it are saved at the end through {@link #update}. */
    <T extends BaseRecord> Optional<T> find(Class<T> type, long id);

    /**
     * As {@link #find}, and no other transaction can change the record before this one ends: for counters and the like.
     */
    <T extends BaseRecord> Optional<T> lock(Class<T> type, long id);

    /** The records that fit, oldest first, not in the trash; at most {@code limit}. */
    <T extends BaseRecord> List<T> list(Class<T> type, Filter filter, int limit);

    /** How many records fit, not counting the trash. */
    long count(Class<? extends BaseRecord> type, Filter filter);

    /** Creates a record with all checks and hooks; it has its id afterwards. */
    <T extends BaseRecord> T create(T record);

    /** Saves a record that was read through this transaction, with all checks and hooks. */
    <T extends BaseRecord> T update(T record);

    /** Puts a record into the trash, with all hooks. */
    void trash(BaseRecord record);
}
