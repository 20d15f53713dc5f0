// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.record;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Behaviour of one record type inside the transaction that saves it: computes fields, checks what an annotation cannot
 * say, writes what belongs to it, or refuses with a {@link org.trelliscrm.api.problem.Problem}. Registered as an OSGi
 * service by modules, for types of their own; called by the runtime. Must be quick and must not reach out of the
 * database: what concerns the outside world belongs in a {@link ChangeListener}.
 *
 * <p>Several hooks of one type run in the order of their service ranking, highest first.
 */
@ConsumerType
public interface RecordHook<T extends BaseRecord> {

    /** The type whose records it accompanies. */
    Class<T> type();

    /**
     * Called before a record is created or updated. Each value that a caller sent is well-formed by then; the rules of the
     * annotations are checked afterwards, so that the hook may fill what is required and still be held to the rest.
     */
    default void beforeSave(T record, Changes changes, RecordTransaction transaction) {}

    /** Called after the row is written, still inside the transaction; the record has its id. */
    default void afterSave(T record, Changes changes, RecordTransaction transaction) {}

    /** Called before a record is put into the trash. */
    default void beforeTrash(T record, RecordTransaction transaction) {}
}
