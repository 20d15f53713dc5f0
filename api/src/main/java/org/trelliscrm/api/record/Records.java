// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.record;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.trelliscrm.api.access.Caller;

/**
 * All records of all modules, by the names of their types and JSON-shaped, exactly as REST shows them: the way from one
 * module to the records of another. Provided by the runtime. Every call asks for the caller's rights first.
 *
 * <p>All methods throw {@link org.trelliscrm.api.problem.NotFound} for a type that is not installed or a record that the
 * caller may not see, {@link org.trelliscrm.api.problem.Denied} for a missing right, and {@link
 * org.trelliscrm.api.problem.Invalid} for values that break a rule.
 */
@ProviderType
public interface Records {

    /** Whether the type is installed and serving. */
    boolean has(String type);

    /** One record with all its fields. */
    Map<String, Object> get(Caller caller, String type, long id);

    /** One page of a list. */
    Page list(Caller caller, ListQuery query);

    /** Creates a record. */
    Map<String, Object> create(Caller caller, String type, Map<String, Object> values);

    /**
     * Changes the given fields of a record (RFC 7396: {@code null} empties a field; a list is replaced).
     *
     * @param version the version that the caller has seen, or {@code null} to save whatever happened since
     * @throws org.trelliscrm.api.problem.Conflict if the record has another version
     */
    Map<String, Object> update(
            Caller caller, String type, long id, Map<String, Object> patch, @Nullable Integer version);

    /** Puts a record into the trash. */
    void trash(Caller caller, String type, long id, @Nullable Integer version);

    /** Takes a record out of the trash. */
    Map<String, Object> restore(Caller caller, String type, long id);

    /** Runs an action on a record; the answer is what {@link RecordAction#run} returned besides the record. */
    ActionResult act(
            Caller caller, String type, long id, String action, Map<String, Object> input, @Nullable Integer version);

    /**
     * Does several things with records of one module in one transaction, in the module's own types.
     *
     * @param type any record type of the module
     */
    <R> R inTransaction(Caller caller, Class<? extends BaseRecord> type, Function<RecordTransaction, R> work);

    /**
     * What an action left behind.
     *
     * @param record the record afterwards, JSON-shaped
     * @param result what the action said
     */
    record ActionResult(Map<String, Object> record, Map<String, Object> result) {}
}
