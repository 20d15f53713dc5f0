// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Problem;

/** Reads and writes many records of one type at once, under the same rights and rules as one by one. */
public interface BulkRecords {

    /** The records that have one of these values in a field; each with its id, its version and that field. */
    List<Map<String, Object>> find(Caller caller, String type, String path, Collection<Object> values);

    /**
     * Writes many records in one transaction, together where that is quicker.
     *
     * @param work may be called again if the transaction ran into another one
     * @throws RuntimeException if nothing could be written; each record should then be tried in a batch of its own
     */
    <R> R inBatch(Caller caller, String type, Function<Batch, R> work);

    /**
     * What can be done within a batch. A {@link Problem} that is thrown here concerns one record only: nothing of it was
     * written, and the others of the batch can go on. Whatever else is thrown must leave the batch.
     */
    interface Batch {

        /** Says which records will be asked for, so that they are read together. */
        void expect(Collection<Long> ids);

        /** One record, with all fields that the caller may see. */
        Map<String, Object> get(long id);

        /** Creates a record; what it answers is not yet in the database, its version not yet true. */
        Map<String, Object> create(Map<String, Object> values);

        /** Changes fields of a record; answers as {@link #create}. */
        Map<String, Object> update(long id, Map<String, Object> patch);
    }
}
